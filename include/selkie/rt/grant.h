/*
 * Grants: capabilities that a task is started with, by name and kind.
 *
 * Both sides know a list, in a header that they share. It names the kinds of
 * <selkie/cap/kinds.h> and, for untyped memory, how many bytes there must be at least (log2; 0:
 * no matter):
 *
 *     #define LOGGER_GRANTS(grant)        \
 *         grant(endpoint, clients, 0)     \
 *         grant(untyped, memory, 16)
 *     SK_GRANTS(logger, LOGGER_GRANTS)
 *
 * Who spawns the task fills in a structure with a member for each; a capability of another kind
 * does not compile:
 *
 *     const struct logger_grants given = {.clients = endpoint, .memory = untyped};
 *     struct sk_grant list[logger_grant_count];
 *
 *     logger_grants_list(&given, list);
 *     list[1].size_bits = 20;
 *
 * The task says once, outside of any function, that this is what it wants, and has the same
 * structure from then on:
 *
 *     SK_GRANTS_WANTED(logger, LOGGER_GRANTS)
 *     ...
 *     struct logger_grants mine = logger_grants_get();
 *
 * rt looks at what there is before main() and the constructors run. A task that was not given
 * all, or something of another kind or size, tells its parent what is missing and never starts.
 * It may be given more than it wants.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>

#include <sel4/sel4.h>
#include <selkie/base/attr.h>
#include <selkie/cap/kinds.h>
#include <selkie/cap/rights.h>

/* --- who gives */

/* One capability to be handed over, as a copy. A zero is the choice that its comment says. */
struct sk_grant {
    const char *name;
    const char *kind; /* of <selkie/cap/kinds.h>, without its prefix */
    seL4_CPtr cptr;
    enum sk_rights rights; /* of the copy (all that the capability has) */
    seL4_Word badge;       /* of the copy (as the capability) */
    seL4_Word size_bits;   /* of untyped memory: what the task is told (nothing) */
};

#define SK_GRANT_KIND__(kind) sk_##kind : #kind

/* The kind of a capability, as text. What is no capability does not compile. */
#define SK_GRANT_KIND_OF(cap)                                                                  \
    _Generic((cap), SK_GRANT_KIND__(untyped), SK_GRANT_KIND__(tcb), SK_GRANT_KIND__(endpoint), \
             SK_GRANT_KIND__(notification), SK_GRANT_KIND__(reply), SK_GRANT_KIND__(cnode),    \
             SK_GRANT_KIND__(sched_context), SK_GRANT_KIND__(sched_control),                   \
             SK_GRANT_KIND__(frame), SK_GRANT_KIND__(page_table), SK_GRANT_KIND__(vspace),     \
             SK_GRANT_KIND__(asid_control), SK_GRANT_KIND__(asid_pool),                        \
             SK_GRANT_KIND__(irq_control), SK_GRANT_KIND__(irq_handler))

/* A grant without a list, of the capability's kind: SK_GRANT("log", endpoint, .badge = 7). */
#define SK_GRANT(name_, cap_, ...) \
    ((struct sk_grant){            \
        .name = (name_), .kind = SK_GRANT_KIND_OF(cap_), .cptr = (cap_).cptr, ##__VA_ARGS__})

/* --- who is given */

/* A capability that was handed over. */
struct sk_granted {
    const char *name;
    const char *kind;
    seL4_CPtr cptr;
    seL4_Word size_bits;
};

/* All of them, in the order in which they were given. Only in spawned tasks. */
const struct sk_granted *sk_grants(size_t *ret_count);

/* The first capability of that name and kind; seL4_CapNull if there is none. */
seL4_CPtr sk_grant_find(const char *name, const char *kind);

/* What a task wants, and the function by which rt looks for it. */
struct sk_want {
    const char *name;
    const char *kind;
    seL4_Word size_bits;
};

struct sk_wants {
    const struct sk_want *want;
    size_t count;
    void (*check)(const struct sk_wants *wants);
};

/* Defined by SK_GRANTS_WANTED. */
extern const struct sk_wants sk_grants_wanted;

/* Return if all that is wanted is there; otherwise tell the parent, and stop. */
void sk_grants_check(const struct sk_wants *wants);

/* --- lists */

#define SK_GRANTS_MEMBER__(kind_, name_, bits_) sk_##kind_ name_;
#define SK_GRANTS_ONE__(kind_, name_, bits_)    +1
#define SK_GRANTS_PUT__(kind_, name_, bits_)    *to++ = SK_GRANT(#name_, from->name_);
#define SK_GRANTS_GET__(kind_, name_, bits_) \
    found.name_ = (sk_##kind_){sk_grant_find(#name_, #kind_)};
#define SK_GRANTS_WANT__(kind_, name_, bits_) {#name_, #kind_, (bits_)},

/* struct x_grants, x_grant_count, x_grants_list() and x_grants_get() of a list. */
#define SK_GRANTS(x, LIST)                                                       \
    struct x##_grants {                                                          \
        LIST(SK_GRANTS_MEMBER__)                                                 \
    };                                                                           \
    enum { x##_grant_count = 0 LIST(SK_GRANTS_ONE__) };                          \
    __attribute__((unused)) static inline void x##_grants_list(                  \
        const struct x##_grants *from, struct sk_grant to[x##_grant_count])      \
    {                                                                            \
        LIST(SK_GRANTS_PUT__)                                                    \
    }                                                                            \
    __attribute__((unused)) static inline struct x##_grants x##_grants_get(void) \
    {                                                                            \
        struct x##_grants found;                                                 \
                                                                                 \
        LIST(SK_GRANTS_GET__)                                                    \
        return found;                                                            \
    }

/* The task wants the capabilities of a list. */
#define SK_GRANTS_WANTED(x, LIST)                                         \
    static const struct sk_want x##_wants__[] = {LIST(SK_GRANTS_WANT__)}; \
    const struct sk_wants sk_grants_wanted = {x##_wants__, x##_grant_count, sk_grants_check};
