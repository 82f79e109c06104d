/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

/* Bits of the longest sizes that are shifted by: more than any address has. */
#define BITS_END 48

/* Names lie in one string: pointers to them would have to be relocated on the host. */
struct table {
    char name[10];
    uint8_t size; /* of a record */
    bool (*check)(struct check *c, const void *record);
};

static const struct table tables[SK_SPEC_TABLE_COUNT] = {
    [SK_SPEC_GROUPS] = {"groups", sizeof(struct sk_spec_group), sk_check_group},
    [SK_SPEC_ASIDS] = {"asids", sizeof(struct sk_spec_asids), sk_check_asids},
    [SK_SPEC_TABLES] = {"tables", sizeof(struct sk_spec_tables), sk_check_tables},
    [SK_SPEC_UNTYPEDS] = {"untypeds", sizeof(struct sk_spec_untyped), sk_check_untyped},
    [SK_SPEC_FILLS] = {"fills", sizeof(struct sk_spec_fill), sk_check_fill},
    [SK_SPEC_MAPS] = {"maps", sizeof(struct sk_spec_map), sk_check_map},
    [SK_SPEC_IRQS] = {"irqs", sizeof(struct sk_spec_irq), sk_check_irq},
    [SK_SPEC_CAPS] = {"caps", sizeof(struct sk_spec_cap), sk_check_cap},
    [SK_SPEC_IMAGE] = {"image", sizeof(struct sk_spec_image), sk_check_image},
    [SK_SPEC_SCHEDULE] = {"schedule", sizeof(struct sk_spec_domain), sk_check_domain},
    [SK_SPEC_THREADS] = {"threads", sizeof(struct sk_spec_thread), sk_check_thread},
    [SK_SPEC_NAMES] = {"names", 1, NULL},
};

const char *sk_spec_table_name(enum sk_spec_table table)
{
    return (unsigned)table < SK_SPEC_TABLE_COUNT ? tables[table].name : "header";
}

bool sk_check_wrong(struct check *c, const char *what)
{
    c->problem.what = what;
    return false;
}

/* The last group whose first number is not above object; the first one's is 0. */
static const struct sk_spec_group *find(const struct sk_spec_group *groups, uint32_t count,
                                        uint32_t object)
{
    uint32_t low = 0, high = count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;

        if (groups[middle].first <= object) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &groups[low];
}

const struct sk_spec_group *sk_spec_group_of(const struct sk_spec *spec, uint32_t object)
{
    return find(sk_spec_at(spec, SK_SPEC_GROUPS), spec->section[SK_SPEC_GROUPS].count, object);
}

const struct sk_spec_group *sk_check_group_of(const struct check *c, uint32_t object)
{
    return find(sk_spec_at(c->spec, SK_SPEC_GROUPS), c->group_count, object);
}

bool sk_check_is(struct check *c, uint32_t object, enum sk_spec_type type, const char *what)
{
    return (object < c->object_count && sk_check_group_of(c, object)->type == type) ||
           sk_check_wrong(c, what);
}

bool sk_check_may_be(struct check *c, uint32_t object, enum sk_spec_type type, const char *what)
{
    return object == SK_SPEC_NONE || sk_check_is(c, object, type, what);
}

bool sk_check_run(struct check *c, uint32_t first, uint32_t count, enum sk_spec_type type)
{
    const struct sk_spec_group *g;

    if (!sk_check_is(c, first, type, "first is no object of the right type")) {
        return false;
    }
    g = sk_check_group_of(c, first);
    return (count != 0 && count <= g->count - (first - g->first)) ||
           sk_check_wrong(c, "count is zero, or the objects are not of one group");
}

bool sk_check_slots(struct check *c, uint32_t cnode, uint32_t slot, uint64_t count)
{
    return sk_check_is(c, cnode, SK_SPEC_CNODE, "cnode is no CNode") &&
           (sk_check_fits(slot, count, (uint64_t)1 << sk_check_group_of(c, cnode)->size_bits) ||
            sk_check_wrong(c, "the CNode has no such slot"));
}

bool sk_check_page(struct check *c, uint32_t object, const char *what)
{
    const struct sk_spec_group *g;

    if (object == SK_SPEC_NONE) {
        return true;
    }
    if (!sk_check_is(c, object, SK_SPEC_FRAME, what)) {
        return false;
    }
    g = sk_check_group_of(c, object);
    return (g->size_bits == SK_SPEC_PAGE_BITS && (g->flags & SK_SPEC_DEVICE) == 0) ||
           sk_check_wrong(c, what);
}

bool sk_check_zero(struct check *c, const uint8_t *bytes, unsigned count)
{
    while (count > 0) {
        if (bytes[--count] != 0) {
            return sk_check_wrong(c, "reserved bytes are not zero");
        }
    }
    return true;
}

/* The numbers that are shifted by, multiplied with or compared with later. */
static bool check_platform(struct check *c)
{
    const struct sk_spec_platform *p = c->platform;
    const uint8_t *bits = &p->tcb_bits;

    /* From tcb_bits to the end, all are logarithms. */
    for (unsigned i = 0; i < sizeof(*p) - offsetof(struct sk_spec_platform, tcb_bits); i++) {
        if (bits[i] > BITS_END) {
            return sk_check_wrong(c, "a size of the platform is too large");
        }
    }
    return (p->fan_out_limit != 0 && p->table_index_bits != 0 &&
            p->frame_bits[0] == SK_SPEC_PAGE_BITS && p->min_untyped_bits >= 4 &&
            p->max_untyped_bits >= p->min_untyped_bits && p->user_end <= 1ull << BITS_END) ||
           sk_check_wrong(c, "the platform is not complete");
}

static bool same(const struct sk_spec_platform *a, const struct sk_spec_platform *b)
{
    const uint64_t *x = (const void *)a, *y = (const void *)b;
    uint64_t different = 0;

    for (unsigned i = 0; i < sizeof(*a) / sizeof(*x); i++) {
        different |= x[i] ^ y[i];
    }
    return different == 0;
}

static bool check_header(struct check *c, uint64_t room)
{
    const struct sk_spec *s = c->spec;

    if (room < sizeof(*s) || s->magic != SK_SPEC_MAGIC) {
        return sk_check_wrong(c, "there is no specification");
    }
    if (s->version != SK_SPEC_VERSION) {
        return sk_check_wrong(c, "the version is another one");
    }
    if (s->size < sizeof(*s) || s->size > room ||
        s->blob_page_count > (room - s->size) / SK_SPEC_PAGE_SIZE ||
        sk_spec_blob_offset(s) + s->blob_page_count * SK_SPEC_PAGE_SIZE > room ||
        s->handed_page_count > s->blob_page_count) {
        return sk_check_wrong(c, "the size is wrong");
    }
    return check_platform(c);
}

static bool check_sections(struct check *c)
{
    for (uint32_t t = 0; t < SK_SPEC_TABLE_COUNT; t++) {
        const struct sk_spec_section *s = &c->spec->section[t];

        c->problem.record = t;
        if (s->offset % 8 != 0 || s->offset < sizeof(*c->spec) ||
            !sk_check_fits(s->offset, (uint64_t)s->count * tables[t].size, c->spec->size)) {
            return sk_check_wrong(c, "a table lies outside");
        }
    }
    return true;
}

static bool check_table(struct check *c, enum sk_spec_table t)
{
    const char *record = sk_spec_at(c->spec, t);
    uint32_t count = c->spec->section[t].count;

    c->problem.table = t;
    for (uint32_t i = 0; i < count; i++, record += tables[t].size) {
        c->problem.record = i;
        if (!tables[t].check(c, record)) {
            return false;
        }
    }
    return true;
}

static bool check_names(struct check *c)
{
    const char *names = sk_spec_at(c->spec, SK_SPEC_NAMES);
    uint32_t size = c->spec->section[SK_SPEC_NAMES].count;

    return size == 0 || names[size - 1] == '\0' ||
           sk_check_wrong(c, "the last name does not end");
}

static bool check_all(struct check *c, uint64_t room)
{
    if (!check_header(c, room) || !check_sections(c) || !check_names(c)) {
        return false;
    }
    for (enum sk_spec_table t = SK_SPEC_GROUPS; t < SK_SPEC_NAMES; t++) {
        if (!check_table(c, t)) {
            return false;
        }
    }
    c->problem.table = SK_SPEC_TABLE_COUNT;
    c->problem.record = 0;
    if (c->object_count != c->spec->object_count) {
        return sk_check_wrong(c, "object_count is not what the groups have");
    }
    return c->next_page == c->spec->handed_page_count ||
           sk_check_wrong(c, "not all handed pages are mapped");
}

bool sk_spec_check(const struct sk_spec *spec, uint64_t room,
                   const struct sk_spec_platform *platform, struct sk_spec_problem *ret_problem)
{
    struct check c = {
        .spec = spec, .platform = &spec->platform, .problem.table = SK_SPEC_TABLE_COUNT};
    bool is_good = check_all(&c, room);

    if (is_good && platform != NULL && !same(platform, &spec->platform)) {
        c.problem.table = SK_SPEC_TABLE_COUNT;
        c.problem.record = 0;
        is_good = sk_check_wrong(&c, "it was made for another kernel");
    }
    if (!is_good) {
        *ret_problem = c.problem;
    }
    return is_good;
}
