/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <selkie/init/check.h>

#include "audit.h"

struct caps {
    struct sk_spec_cap *cap;
    uint32_t count;
};

static void *table(struct sk_spec *spec, enum sk_spec_table t)
{
    return (char *)spec + spec->section[t].offset;
}

static bool is_kind(const struct sk_spec *spec, const struct sk_spec_cap *c, unsigned type)
{
    return c->kind == SK_SPEC_OBJECT && sk_spec_group_of(spec, c->source)->type == type;
}

/* The first capability to that type of object which was made by that operation. */
static struct sk_spec_cap *first(struct sk_spec *spec, unsigned type, unsigned operation)
{
    struct sk_spec_cap *cap = table(spec, SK_SPEC_CAPS);

    for (uint32_t n = 0; n < spec->section[SK_SPEC_CAPS].count; n++) {
        if (is_kind(spec, &cap[n], type) && cap[n].operation == operation) {
            return &cap[n];
        }
    }
    die("there is no such capability to damage");
}

/* The last one of a CNode: it can go to a higher slot, and the table stays in order. */
static struct sk_spec_cap *last_of_first_cnode(struct sk_spec *spec)
{
    struct sk_spec_cap *cap = table(spec, SK_SPEC_CAPS);
    uint32_t n = 0;

    while (n + 1 < spec->section[SK_SPEC_CAPS].count && cap[n + 1].cnode == cap[0].cnode) {
        n++;
    }
    return &cap[n];
}

static void damage_map(struct sk_spec *spec)
{
    struct sk_spec_map *map = table(spec, SK_SPEC_MAPS);

    for (uint32_t n = 0; n < spec->section[SK_SPEC_MAPS].count; n++) {
        if ((map[n].rights & SK_SPEC_WRITE) == 0) {
            map[n].rights |= SK_SPEC_WRITE;
            return;
        }
    }
    die("nothing is mapped for reading only");
}

void damage_spec(struct sk_spec *spec, const char *name)
{
    struct sk_spec_thread *thread = table(spec, SK_SPEC_THREADS);
    struct sk_spec_problem problem;

    if (strcmp(name, "notification-right") == 0) {
        first(spec, SK_SPEC_NOTIFICATION, SK_SPEC_OP_MINT)->rights |= SK_SPEC_READ;
    } else if (strcmp(name, "input-right") == 0) {
        first(spec, SK_SPEC_NOTIFICATION, SK_SPEC_OP_COPY)->rights |= SK_SPEC_WRITE;
    } else if (strcmp(name, "lost-right") == 0) {
        first(spec, SK_SPEC_NOTIFICATION, SK_SPEC_OP_MINT)->rights = SK_SPEC_READ;
    } else if (strcmp(name, "endpoint-right") == 0) {
        first(spec, SK_SPEC_ENDPOINT, SK_SPEC_OP_MINT)->rights |= SK_SPEC_GRANT;
    } else if (strcmp(name, "reply-right") == 0) {
        first(spec, SK_SPEC_ENDPOINT, SK_SPEC_OP_MINT)->rights &= ~SK_SPEC_GRANT_REPLY;
    } else if (strcmp(name, "badge") == 0) {
        first(spec, SK_SPEC_NOTIFICATION, SK_SPEC_OP_MINT)->data <<= 1;
    } else if (strcmp(name, "endpoint-badge") == 0) {
        first(spec, SK_SPEC_ENDPOINT, SK_SPEC_OP_MINT)->data ^= 1;
    } else if (strcmp(name, "slot") == 0) {
        last_of_first_cnode(spec)->slot++;
    } else if (strcmp(name, "object") == 0) {
        struct sk_spec_cap *cap = first(spec, SK_SPEC_NOTIFICATION, SK_SPEC_OP_MINT);
        cap->source = first(spec, SK_SPEC_NOTIFICATION, SK_SPEC_OP_COPY)->source;
    } else if (strcmp(name, "map") == 0) {
        damage_map(spec);
    } else if (strcmp(name, "priority") == 0) {
        thread->priority--;
    } else if (strcmp(name, "guard") == 0) {
        first(spec, SK_SPEC_CNODE, SK_SPEC_OP_MINT)->data--;
    } else {
        die("%s: no such damage", name);
    }
    if (!sk_spec_check(spec, UINT64_MAX, NULL, &problem)) {
        die("%s: the specification is refused: %s", name, sk_spec_wrong_text(problem.what));
    }
}
