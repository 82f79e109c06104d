/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/grant.h>

#include <stdbool.h>
#include <stdint.h>

#include <sel4runtime/auxv.h>
#include <selkie/rt/parent.h>

#include "../../args.h"

const struct sk_granted *sk_grants(size_t *ret_count)
{
    *ret_count = (size_t)sk_aux_value(sk_args.aux, SK_AT_GRANT_COUNT, 0);
    return (const struct sk_granted *)(uintptr_t)sk_aux_value(sk_args.aux, SK_AT_GRANTS, 0);
}

static bool is_same(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        a++;
        b++;
    }
    return *a == *b;
}

/* The first grant of that name and kind, or of that name if kind is NULL; NULL: none. */
static const struct sk_granted *find(const char *name, const char *kind)
{
    size_t count;
    const struct sk_granted *g = sk_grants(&count);

    for (size_t i = 0; i < count; i++) {
        if (is_same(g[i].name, name) && (kind == NULL || is_same(g[i].kind, kind))) {
            return &g[i];
        }
    }
    return NULL;
}

seL4_CPtr sk_grant_find(const char *name, const char *kind)
{
    const struct sk_granted *g = find(name, kind);

    return g != NULL ? g->cptr : seL4_CapNull;
}

static enum sk_refusal look_at(const struct sk_want *want)
{
    const struct sk_granted *g = find(want->name, want->kind);

    if (g == NULL) {
        return find(want->name, NULL) != NULL ? SK_REFUSAL_KIND : SK_REFUSAL_MISSING;
    }
    return g->size_bits < want->size_bits ? SK_REFUSAL_SIZE : SK_REFUSAL_NONE;
}

/* Tell the parent, and never come back. */
SK_NORETURN static void refuse(const char *name, enum sk_refusal why)
{
    seL4_CPtr parent = (seL4_CPtr)sk_aux_value(sk_args.aux, SK_AT_PARENT, seL4_CapNull);
    seL4_Word words[SK_PARENT_NAME_WORDS] = {0};

    for (size_t i = 0; name[i] != '\0' && i < sizeof(words) - 1; i++) {
        words[i / sizeof(seL4_Word)] |= (seL4_Word)(unsigned char)name[i]
                                        << i % sizeof(seL4_Word) * 8;
    }
    seL4_SetMR(0, why);
    for (int i = 0; i < SK_PARENT_NAME_WORDS; i++) {
        seL4_SetMR(1 + i, words[i]);
    }
    (void)seL4_Call(parent,
                    seL4_MessageInfo_new(SK_PARENT_REFUSED, 0, 0, 1 + SK_PARENT_NAME_WORDS));
    __builtin_trap();
}

void sk_grants_check(const struct sk_wants *wants)
{
    for (size_t i = 0; i < wants->count; i++) {
        enum sk_refusal why = look_at(&wants->want[i]);

        if (why != SK_REFUSAL_NONE) {
            refuse(wants->want[i].name, why);
        }
    }
}
