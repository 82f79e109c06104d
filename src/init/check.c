/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

/* Bits of the longest sizes that are shifted by: more than any address has. */
#define BITS_END 48

/* What a field must be. */
enum kind {
    END = 0,
    OBJECT,   /* an object of type argument */
    OPTIONAL, /* the same, or none */
    PAGE,     /* a frame of RAM, of the smallest size, or none */
    SLOTS,    /* a CNode, a slot in it, and a count of slots; if argument is 0, one slot */
    RUN,      /* the first of objects of type argument, and their count */
    UP_TO,    /* a byte: at most argument */
    ZERO,     /* argument bytes, all zero */
};

struct rule {
    uint8_t kind;
    uint8_t field; /* its offset */
    uint8_t argument;
};

#define RULE(kind, type, field, argument)                         \
    {                                                             \
        kind, offsetof(struct sk_spec_##type, field), (argument), \
    }

static const struct rule no_rules[] = {
    {END, 0, 0},
};
static const struct rule asids_rules[] = {
    RULE(RUN, asids, first, SK_SPEC_VSPACE),
    RULE(OPTIONAL, asids, untyped, SK_SPEC_UNTYPED),
    RULE(ZERO, asids, reserved, 4),
    {END, 0, 0},
};
static const struct rule tables_rules[] = {
    RULE(RUN, tables, first, SK_SPEC_PAGE_TABLE),
    RULE(OBJECT, tables, vspace, SK_SPEC_VSPACE),
    RULE(ZERO, tables, reserved, 3),
    {END, 0, 0},
};
static const struct rule untypeds_rules[] = {
    RULE(SLOTS, untyped, cnode, 1),
    RULE(PAGE, untyped, info_frame, 0),
    RULE(UP_TO, untyped, flags, SK_SPEC_DEVICE),
    RULE(ZERO, untyped, reserved, 5),
    {END, 0, 0},
};
static const struct rule fills_rules[] = {
    RULE(OBJECT, fill, frame, SK_SPEC_FRAME),
    RULE(UP_TO, fill, flags, SK_SPEC_FILL_CODE | SK_SPEC_FILL_CLEAN),
    {ZERO, offsetof(struct sk_spec_fill, flags) + 1, 7},
    {END, 0, 0},
};
static const struct rule maps_rules[] = {
    RULE(OBJECT, map, vspace, SK_SPEC_VSPACE),
    RULE(UP_TO, map, source, SK_SPEC_BLOB_PAGE),
    RULE(UP_TO, map, flags, SK_SPEC_COPY),
    RULE(UP_TO, map, attributes, SK_SPEC_CACHED | SK_SPEC_EXECUTE),
    RULE(ZERO, map, reserved, 7),
    {END, 0, 0},
};
static const struct rule irqs_rules[] = {
    RULE(OPTIONAL, irq, notification, SK_SPEC_NOTIFICATION),
    RULE(UP_TO, irq, is_edge, 1),
    RULE(ZERO, irq, reserved, 7),
    {END, 0, 0},
};
static const struct rule image_rules[] = {
    RULE(SLOTS, image, cnode, 1),
    RULE(PAGE, image, info_frame, 0),
    RULE(ZERO, image, reserved, 7),
    {END, 0, 0},
};
static const struct rule threads_rules[] = {
    RULE(OBJECT, thread, tcb, SK_SPEC_TCB),
    RULE(OBJECT, thread, cspace, SK_SPEC_CNODE),
    RULE(OBJECT, thread, vspace, SK_SPEC_VSPACE),
    RULE(PAGE, thread, ipc_frame, 0),
    RULE(OPTIONAL, thread, fault_endpoint, SK_SPEC_ENDPOINT),
    RULE(OPTIONAL, thread, timeout_endpoint, SK_SPEC_ENDPOINT),
    RULE(OPTIONAL, thread, sched_context, SK_SPEC_SCHED_CONTEXT),
    RULE(OPTIONAL, thread, notification, SK_SPEC_NOTIFICATION),
    RULE(UP_TO, thread, flags, SK_SPEC_THREAD_ALL_FLAGS),
    {END, 0, 0},
};

/* What is known of a table of the specification. */
struct table {
    char name[10];
    uint8_t size; /* of a record */
    const struct rule *rules;
    check_record *check;
};

static const struct table tables[SK_SPEC_TABLE_COUNT] = {
    [SK_SPEC_GROUPS] = {"groups", sizeof(struct sk_spec_group), no_rules, sk_check_group},
    [SK_SPEC_ASIDS] = {"asids", sizeof(struct sk_spec_asids), asids_rules, sk_check_asids},
    [SK_SPEC_TABLES] = {"tables", sizeof(struct sk_spec_tables), tables_rules, sk_check_tables},
    [SK_SPEC_UNTYPEDS] = {"untypeds", sizeof(struct sk_spec_untyped), untypeds_rules,
                          sk_check_untyped},
    [SK_SPEC_FILLS] = {"fills", sizeof(struct sk_spec_fill), fills_rules, sk_check_fill},
    [SK_SPEC_MAPS] = {"maps", sizeof(struct sk_spec_map), maps_rules, sk_check_map},
    [SK_SPEC_IRQS] = {"irqs", sizeof(struct sk_spec_irq), irqs_rules, sk_check_irq},
    [SK_SPEC_CAPS] = {"caps", sizeof(struct sk_spec_cap), no_rules, sk_check_cap},
    [SK_SPEC_IMAGE] = {"image", sizeof(struct sk_spec_image), image_rules, sk_check_image},
    [SK_SPEC_SCHEDULE] = {"schedule", sizeof(struct sk_spec_domain), no_rules, sk_check_domain},
    [SK_SPEC_THREADS] = {"threads", sizeof(struct sk_spec_thread), threads_rules,
                         sk_check_thread},
    [SK_SPEC_NAMES] = {"names", 1, no_rules, NULL},
};

const char *sk_spec_table_name(enum sk_spec_table table)
{
    return (unsigned)table < SK_SPEC_TABLE_COUNT ? tables[table].name : "header";
}

uint32_t sk_spec_record_size(enum sk_spec_table table)
{
    return tables[table].size;
}

bool sk_check_wrong(struct check *c, enum sk_spec_wrong what)
{
    c->problem.what = what;
    return false;
}

/* The last group whose first number is not above object; the first one's is 0. */
static const struct sk_spec_group *find(const struct sk_spec *spec, uint32_t count,
                                        uint32_t object)
{
    const struct sk_spec_group *groups = sk_spec_at(spec, SK_SPEC_GROUPS);
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
    return find(spec, spec->section[SK_SPEC_GROUPS].count, object);
}

/* Records that follow each other are often about objects of one group. */
const struct sk_spec_group *sk_check_group_of(struct check *c, uint32_t object)
{
    if (c->last == NULL || object < c->last->first ||
        object - c->last->first >= c->last->count) {
        c->last = find(c->spec, c->group_count, object);
    }
    return c->last;
}

static bool is(struct check *c, uint32_t object, enum sk_spec_type type)
{
    return object < c->object_count && sk_check_group_of(c, object)->type == type;
}

bool sk_check_run(struct check *c, uint32_t first, uint32_t count, enum sk_spec_type type)
{
    bool is_run = count != 0 && is(c, first, type);

    if (is_run) {
        const struct sk_spec_group *g = sk_check_group_of(c, first);

        is_run = count <= g->count - (first - g->first);
    }
    return sk_check_that(c, is_run, SK_SPEC_WRONG_RUN);
}

bool sk_check_slots(struct check *c, uint32_t cnode, uint32_t slot, uint64_t count)
{
    return sk_check_that(
        c,
        is(c, cnode, SK_SPEC_CNODE) &&
            sk_check_fits(slot, count, 1ull << sk_check_group_of(c, cnode)->size_bits),
        SK_SPEC_WRONG_SLOT);
}

static bool is_page(struct check *c, uint32_t object)
{
    return is(c, object, SK_SPEC_FRAME) &&
           sk_check_group_of(c, object)->size_bits == SK_SPEC_PAGE_BITS &&
           (sk_check_group_of(c, object)->flags & SK_SPEC_DEVICE) == 0;
}

static bool is_zero(const uint8_t *bytes, unsigned count)
{
    while (count > 0 && bytes[count - 1] == 0) {
        count--;
    }
    return count == 0;
}

static bool holds(struct check *c, const struct rule *r, const uint8_t *field)
{
    const uint32_t *words = (const uint32_t *)field; /* only where it is one */

    switch (r->kind) {
    case OPTIONAL:
    case PAGE:
        if (*words == SK_SPEC_NONE) {
            return true;
        }
        if (r->kind == PAGE) {
            return sk_check_that(c, is_page(c, *words), SK_SPEC_WRONG_PAGE);
        }
        /* fall through */
    case OBJECT:
        return sk_check_that(c, is(c, *words, r->argument), SK_SPEC_WRONG_OBJECT);
    case SLOTS:
        return sk_check_slots(c, words[0], words[1], r->argument != 0 ? words[2] : 1);
    case RUN:
        return sk_check_run(c, words[0], words[1], r->argument);
    case UP_TO:
        return sk_check_that(c, *field <= r->argument, SK_SPEC_WRONG_TOO_LARGE);
    default:
        return sk_check_that(c, is_zero(field, r->argument), SK_SPEC_WRONG_NOT_ZERO);
    }
}

static bool check_rules(struct check *c, const struct rule *r, const void *record)
{
    for (; r->kind != END; r++) {
        c->problem.field = r->field;
        if (!holds(c, r, (const uint8_t *)record + r->field)) {
            return false;
        }
    }
    c->problem.field = SK_SPEC_NONE;
    return true;
}

/* The numbers that are shifted by, multiplied with or compared with later. */
static bool check_platform(struct check *c)
{
    const struct sk_spec_platform *p = c->platform;
    const uint8_t *bits = &p->tcb_bits;
    unsigned largest = 0;

    /* From tcb_bits to the end, all are logarithms. */
    for (unsigned i = 0; i < sizeof(*p) - offsetof(struct sk_spec_platform, tcb_bits); i++) {
        largest = bits[i] > largest ? bits[i] : largest;
    }
    return sk_check_that(
        c,
        largest <= BITS_END && p->fan_out_limit != 0 && p->table_index_bits != 0 &&
            p->frame_bits[0] == SK_SPEC_PAGE_BITS && p->min_untyped_bits >= 4 &&
            p->max_untyped_bits >= p->min_untyped_bits && p->user_end <= 1ull << BITS_END,
        SK_SPEC_WRONG_NO_KERNEL);
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
        return sk_check_wrong(c, SK_SPEC_WRONG_NONE_THERE);
    }
    return sk_check_that(c, s->version == SK_SPEC_VERSION, SK_SPEC_WRONG_VERSION) &&
           sk_check_that(c,
                         s->size >= sizeof(*s) && s->size <= room &&
                             sk_spec_blob_offset(s) + s->blob_page_count * SK_SPEC_PAGE_SIZE <=
                                 room &&
                             s->handed_page_count <= s->blob_page_count,
                         SK_SPEC_WRONG_SIZE) &&
           check_platform(c);
}

static bool check_sections(struct check *c)
{
    for (uint32_t t = 0; t < SK_SPEC_TABLE_COUNT; t++) {
        const struct sk_spec_section *s = &c->spec->section[t];

        c->problem.record = t;
        if (s->offset % 8 != 0 || s->offset < sizeof(*c->spec) ||
            !sk_check_fits(s->offset, (uint64_t)s->count * tables[t].size, c->spec->size)) {
            return sk_check_wrong(c, SK_SPEC_WRONG_TABLE_OUTSIDE);
        }
    }
    return true;
}

static bool check_table(struct check *c, enum sk_spec_table t)
{
    const struct table *kind = &tables[t];
    const char *record = sk_spec_at(c->spec, t);
    uint32_t count = c->spec->section[t].count;

    c->problem.table = t;
    for (uint32_t i = 0; i < count; i++, record += kind->size) {
        c->problem.record = i;
        if (!check_rules(c, kind->rules, record) || !kind->check(c, record)) {
            return false;
        }
    }
    return true;
}

static bool check_names(struct check *c)
{
    const char *names = sk_spec_at(c->spec, SK_SPEC_NAMES);
    uint32_t size = c->spec->section[SK_SPEC_NAMES].count;

    c->problem.table = SK_SPEC_NAMES;
    c->problem.record = 0;
    return sk_check_that(c, size == 0 || names[size - 1] == '\0', SK_SPEC_WRONG_NAMES_END);
}

static bool check_all(struct check *c, uint64_t room, const struct sk_spec_platform *platform)
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
    return sk_check_that(c, c->object_count == c->spec->object_count,
                         SK_SPEC_WRONG_OBJECT_COUNT) &&
           sk_check_that(c, c->next_page == c->spec->handed_page_count,
                         SK_SPEC_WRONG_PAGES_LEFT) &&
           sk_check_that(c, platform == NULL || same(platform, &c->spec->platform),
                         SK_SPEC_WRONG_OTHER_KERNEL);
}

bool sk_spec_check(const struct sk_spec *spec, uint64_t room,
                   const struct sk_spec_platform *platform, struct sk_spec_problem *ret_problem)
{
    struct check c = {
        .spec = spec,
        .platform = &spec->platform,
        .problem = {.table = SK_SPEC_TABLE_COUNT, .field = SK_SPEC_NONE},
    };
    bool is_good = check_all(&c, room, platform);

    if (!is_good) {
        *ret_problem = c.problem;
    }
    return is_good;
}
