/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
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

/* A page more, behind the specification: tables can grow into it. */
static struct sk_spec *make_room(struct sk_image_file *pages)
{
    uint64_t end = sk_spec_blob_offset((const struct sk_spec *)pages->data);
    uint8_t *copy = calloc(1, pages->size + SK_SPEC_PAGE_SIZE);

    if (copy == NULL) {
        die("no memory");
    }
    memcpy(copy, pages->data, end);
    memcpy(copy + end + SK_SPEC_PAGE_SIZE, pages->data + end, pages->size - end);
    pages->data = copy;
    pages->size += SK_SPEC_PAGE_SIZE;
    ((struct sk_spec *)copy)->size = (uint32_t)(end + SK_SPEC_PAGE_SIZE);
    return (struct sk_spec *)copy;
}

/* The first CNode gets its last capability twice. */
static void add_cap(struct sk_spec *spec)
{
    struct sk_spec_section *caps = &spec->section[SK_SPEC_CAPS];
    const struct sk_spec_cap *last = last_of_first_cnode(spec),
                             *from = table(spec, SK_SPEC_CAPS);
    size_t before = (size_t)(last + 1 - from), size = (before + 1) * sizeof(*last);
    uint32_t offset = spec->size - SK_SPEC_PAGE_SIZE;
    struct sk_spec_cap *to = (void *)((char *)spec + offset);

    if ((caps->count + 1) * sizeof(*last) > SK_SPEC_PAGE_SIZE) {
        die("the capabilities take more than a page");
    }
    memcpy(to, from, before * sizeof(*last));
    to[before] = *last;
    to[before].slot++;
    memcpy((char *)to + size, last + 1, (caps->count - before) * sizeof(*last));
    *caps = (struct sk_spec_section){offset, caps->count + 1};
}

/* The timer's, in systems/plain.system. */
static struct sk_spec_irq *last_irq(struct sk_spec *spec)
{
    struct sk_spec_irq *irq = table(spec, SK_SPEC_IRQS);

    return &irq[spec->section[SK_SPEC_IRQS].count - 1];
}

static bool is_read_only(const struct sk_spec_map *m)
{
    return (m->rights & SK_SPEC_WRITE) == 0;
}

static bool is_written(const struct sk_spec_map *m)
{
    return !is_read_only(m);
}

static bool is_data(const struct sk_spec_map *m)
{
    return (m->attributes & SK_SPEC_EXECUTE) == 0;
}

static bool is_shared(const struct sk_spec_map *m)
{
    return (m->flags & SK_SPEC_COPY) != 0 && m->source == SK_SPEC_OBJECT;
}

static bool is_row(const struct sk_spec_map *m)
{
    return m->count > 1 && m->source == SK_SPEC_OBJECT;
}

static struct sk_spec_map *first_map(struct sk_spec *spec,
                                     bool is_meant(const struct sk_spec_map *m))
{
    struct sk_spec_map *map = table(spec, SK_SPEC_MAPS);

    for (uint32_t n = 0; n < spec->section[SK_SPEC_MAPS].count; n++) {
        if (is_meant(&map[n])) {
            return &map[n];
        }
    }
    die("there is no such map to damage");
}

static bool damage_map(struct sk_spec *spec, const char *name)
{
    if (strcmp(name, "map") == 0) {
        first_map(spec, is_read_only)->rights |= SK_SPEC_WRITE;
    } else if (strcmp(name, "map-lost-right") == 0) {
        first_map(spec, is_written)->rights = SK_SPEC_READ;
    } else if (strcmp(name, "map-code") == 0) {
        first_map(spec, is_data)->attributes |= SK_SPEC_EXECUTE;
    } else if (strcmp(name, "map-frame") == 0) {
        first_map(spec, is_shared)->first++;
    } else if (strcmp(name, "map-lost") == 0) {
        first_map(spec, is_row)->count--;
    } else if (strcmp(name, "map-extra") == 0) {
        struct sk_spec_map *m = first_map(spec, is_row);
        m->flags |= SK_SPEC_COPY; /* the page behind it is somebody else's */
        m->count++;
    } else {
        return false;
    }
    return true;
}

void damage_spec(struct sk_image_file *pages, const char *name)
{
    struct sk_spec *spec = make_room(pages);
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
    } else if (strcmp(name, "extra-cap") == 0) {
        add_cap(spec);
    } else if (strcmp(name, "lost-cap") == 0) {
        spec->section[SK_SPEC_CAPS].count--;
    } else if (strcmp(name, "priority") == 0) {
        thread->priority--;
    } else if (strcmp(name, "fault-badge") == 0) {
        thread->fault_badge ^= 4;
    } else if (strcmp(name, "irq-badge") == 0) {
        last_irq(spec)->badge <<= 1;
    } else if (strcmp(name, "guard") == 0) {
        first(spec, SK_SPEC_CNODE, SK_SPEC_OP_MINT)->data--;
    } else if (!damage_map(spec, name)) {
        die("%s: no such damage", name);
    }
    if (!sk_spec_check(spec, UINT64_MAX, NULL, &problem)) {
        die("%s: the specification is refused: %s", name, sk_spec_wrong_text(problem.what));
    }
}
