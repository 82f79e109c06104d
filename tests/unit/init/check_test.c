/*
 * One mistake at a time in a specification that is good, and what the check says of it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/init/execute.h>

#include <stdlib.h>
#include <string.h>

#include "../../../src/init/perform.h"
#include "../../init/system.h"
#include "check.h"

#define PADDR 0x40a00000ull

/* A copy that ends where the specification ends, so that a byte too many is seen. */
struct copy {
    struct sk_spec *spec;
    uint64_t size;
    struct system system; /* the numbers of its objects */
};

static struct copy copy_make(void)
{
    struct copy c = {.system = system_make(&sk_init_platform, PADDR)};

    c.size = c.system.size;
    c.spec = malloc(c.size);
    assert_non_null(c.spec);
    memcpy(c.spec, c.system.spec, c.size);
    return c;
}

static void *record(const struct copy *c, enum sk_spec_table table, uint32_t n)
{
    assert_true(n < c->spec->section[table].count);
    return (char *)c->spec + c->spec->section[table].offset + n * sk_spec_record_size(table);
}

static void expect(struct copy *c, enum sk_spec_table table, uint32_t n,
                   enum sk_spec_wrong what)
{
    struct sk_spec_problem problem = {0};

    assert_false(sk_spec_check(c->spec, c->size, &sk_init_platform, &problem));
    assert_string_equal(sk_spec_wrong_text(problem.what), sk_spec_wrong_text(what));
    assert_string_equal(sk_spec_table_name(problem.table), sk_spec_table_name(table));
    assert_int_equal(problem.record, n);
    free(c->spec);
}

/* The record n of a table is changed by statement, through a pointer r; then this is wrong. */
#define WRONG(type, table, n, what, statement)                     \
    do {                                                           \
        struct copy c = copy_make();                               \
        struct sk_spec_##type *r = record(&c, SK_SPEC_##table, n); \
        (void)r;                                                   \
        statement;                                                 \
        expect(&c, SK_SPEC_##table, n, SK_SPEC_WRONG_##what);      \
    } while (0)

#define WRONG_HEADER(what, statement)                             \
    do {                                                          \
        struct copy c = copy_make();                              \
        struct sk_spec *r = c.spec;                               \
        (void)r;                                                  \
        statement;                                                \
        expect(&c, SK_SPEC_TABLE_COUNT, 0, SK_SPEC_WRONG_##what); \
    } while (0)

static void a_good_one_is_accepted(void **state)
{
    struct copy c = copy_make();
    struct sk_spec_problem problem;

    (void)state;
    assert_true(sk_spec_check(c.spec, c.size, &sk_init_platform, &problem));
    assert_true(sk_spec_check(c.spec, c.size, NULL, &problem));
    free(c.spec);
}

static void the_header_is_checked(void **state)
{
    (void)state;
    WRONG_HEADER(NONE_THERE, r->magic++);
    WRONG_HEADER(NONE_THERE, c.size = sizeof(struct sk_spec) - 1);
    WRONG_HEADER(NONE_THERE, c.size = 0);
    WRONG_HEADER(VERSION, r->version++);
    WRONG_HEADER(SIZE, r->size = sizeof(*r) - 1);
    WRONG_HEADER(SIZE, r->size = UINT32_MAX);
    WRONG_HEADER(SIZE, r->blob_page_count = UINT32_MAX);
    WRONG_HEADER(SIZE, r->blob_page_count++);
    WRONG_HEADER(SIZE, c.size--);
    WRONG_HEADER(SIZE, r->handed_page_count = r->blob_page_count + 1);
    WRONG_HEADER(NO_KERNEL, r->platform.fan_out_limit = 0);
    WRONG_HEADER(NO_KERNEL, r->platform.table_index_bits = 0);
    WRONG_HEADER(NO_KERNEL, r->platform.frame_bits[0] = 13);
    WRONG_HEADER(NO_KERNEL, r->platform.min_untyped_bits = 3);
    WRONG_HEADER(NO_KERNEL, r->platform.max_untyped_bits = 3);
    WRONG_HEADER(NO_KERNEL, r->platform.user_end = 1ull << 49);
    WRONG_HEADER(NO_KERNEL, r->platform.tcb_bits = 49);
    WRONG_HEADER(NO_KERNEL, r->platform.asid_pool_bits = 64);
    WRONG_HEADER(OTHER_KERNEL, r->platform.core_count++);
    WRONG_HEADER(OBJECT_COUNT, r->object_count++);
}

static void names_end(void **state)
{
    (void)state;
    struct copy c = copy_make();

    *(char *)record(&c, SK_SPEC_NAMES, 5) = 'x';
    expect(&c, SK_SPEC_NAMES, 0, SK_SPEC_WRONG_NAMES_END);
}

static void handed_pages_are_all_mapped(void **state)
{
    (void)state;
    struct copy c = copy_make();

    /* The fills say that pages from this number on stay; so only the count goes up. */
    c.spec->section[SK_SPEC_FILLS].count = 0;
    c.spec->handed_page_count++;
    expect(&c, SK_SPEC_TABLE_COUNT, 0, SK_SPEC_WRONG_PAGES_LEFT);
}

static void tables_lie_inside(void **state)
{
    (void)state;
    for (uint32_t t = 0; t < SK_SPEC_TABLE_COUNT; t++) {
        struct copy c = copy_make();

        c.spec->section[t].offset += 4;
        expect(&c, SK_SPEC_TABLE_COUNT, t, SK_SPEC_WRONG_TABLE_OUTSIDE);
        c = copy_make();
        c.spec->section[t].offset = 8;
        expect(&c, SK_SPEC_TABLE_COUNT, t, SK_SPEC_WRONG_TABLE_OUTSIDE);
        c = copy_make();
        c.spec->section[t].count = UINT32_MAX;
        expect(&c, SK_SPEC_TABLE_COUNT, t, SK_SPEC_WRONG_TABLE_OUTSIDE);
        c = copy_make();
        c.spec->section[t].offset = 0xfffffff8;
        expect(&c, SK_SPEC_TABLE_COUNT, t, SK_SPEC_WRONG_TABLE_OUTSIDE);
    }
}

/* Groups of the system: 0 frames at an address, 1 large frame, 2 CNodes, ... */
static void groups_are_checked(void **state)
{
    (void)state;
    WRONG(group, GROUPS, 0, TYPE, r->size_bits = 13; r->memory_bits = 13);
    WRONG(group, GROUPS, 1, TYPE, r->memory_bits = 12);
    WRONG(group, GROUPS, 1, TYPE, r->type = SK_SPEC_TYPE_COUNT);
    WRONG(group, GROUPS, 2, TYPE, r->size_bits = 0; r->memory_bits = 5);
    WRONG(group, GROUPS, 2, TYPE, r->size_bits = 31; r->memory_bits = 36);
    WRONG(group, GROUPS, 3, TYPE, r->size_bits = 12);
    WRONG(group, GROUPS, 6, TYPE, r->size_bits = r->memory_bits = 48);
    WRONG(group, GROUPS, 8, TYPE, r->size_bits = r->memory_bits = 6);
    WRONG(group, GROUPS, 8, TYPE, r->size_bits = r->memory_bits = 21);
    WRONG(group, GROUPS, 0, ADDRESS, r->paddr += 16);
    WRONG(group, GROUPS, 0, ADDRESS, r->paddr = 1ull << 53);
    WRONG(group, GROUPS, 0, ADDRESS, r->flags = 2);
    WRONG(group, GROUPS, 0, ADDRESS, r->cnode = c.system.cnodes);
    WRONG(group, GROUPS, 1, ADDRESS, r->flags = SK_SPEC_DEVICE);
    WRONG(group, GROUPS, 1, ADDRESS, r->paddr = PADDR & ~0x1fffffull); /* below the first */
    WRONG(group, GROUPS, 2, ADDRESS, r->paddr = 0x50000000); /* not all before have one */
    WRONG(group, GROUPS, 0, ADDRESS, r->flags = SK_SPEC_DEVICE; r->type = SK_SPEC_VSPACE;
          r->size_bits = 0);
    WRONG(group, GROUPS, 1, GROUP, r->count = 0);
    WRONG(group, GROUPS, 1, GROUP, r->first++);
    WRONG(group, GROUPS, 1, GROUP, r->reserved = 1);
    WRONG(group, GROUPS, 1, GROUP, r->slot = 1);
    WRONG(group, GROUPS, 1, GROUP, r->count = UINT32_MAX);
    WRONG(group, GROUPS, 10, SLOT, r->cnode = c.system.tcbs);
    WRONG(group, GROUPS, 10, SLOT, r->cnode = c.system.endpoint); /* is made later */
    WRONG(group, GROUPS, 10, SLOT, r->slot = 512);
    WRONG(group, GROUPS, 10, SLOT, r->count = 509);
}

static void spaces_are_checked(void **state)
{
    (void)state;
    WRONG(asids, ASIDS, 0, RUN, r->first = c.system.tcbs);
    WRONG(asids, ASIDS, 0, RUN, r->first = UINT32_MAX);
    WRONG(asids, ASIDS, 0, RUN, r->count = 0);
    WRONG(asids, ASIDS, 0, RUN, r->count = 3);
    WRONG(asids, ASIDS, 0, OBJECT, r->untyped = c.system.tcbs);
    WRONG(asids, ASIDS, 0, NOT_ZERO, r->reserved = 1 << 24);
    WRONG(asids, ASIDS, 0, POOL, c.spec->platform.asid_pool_entries = 0);
    WRONG(asids, ASIDS, 1, POOL, c.spec->platform.asid_pool_bits = 11);
    WRONG(tables, TABLES, 0, RUN, r->first = c.system.vspaces);
    WRONG(tables, TABLES, 0, OBJECT, r->vspace = SK_SPEC_NONE);
    WRONG(tables, TABLES, 0, NOT_ZERO, r->reserved[2] = 1);
    WRONG(tables, TABLES, 0, SPAN, r->span_bits = 12);
    WRONG(tables, TABLES, 0, SPAN, r->span_bits = 48);
    WRONG(tables, TABLES, 0, SPAN, r->span_bits = 255);
    WRONG(tables, TABLES, 2, VADDR, r->vaddr += 4096);
    WRONG(tables, TABLES, 2, VADDR, r->vaddr = 1ull << 47);
    WRONG(tables, TABLES, 2, VADDR, r->vaddr = -(1ull << 21));
}

static void gifts_are_checked(void **state)
{
    (void)state;
    WRONG(untyped, UNTYPEDS, 0, SLOT, r->slot_count = 512);
    WRONG(untyped, UNTYPEDS, 0, PAGE, r->info_frame = c.system.tcbs);
    WRONG(untyped, UNTYPEDS, 0, PAGE, r->info_frame = c.system.fixed + 2); /* is large */
    WRONG(untyped, UNTYPEDS, 0, TOO_LARGE, r->flags = 2);
    WRONG(untyped, UNTYPEDS, 0, NOT_ZERO, r->reserved[0] = 1);
    WRONG(untyped, UNTYPEDS, 0, UNTYPED, r->min_bits = 3);
    WRONG(untyped, UNTYPEDS, 0, UNTYPED, r->min_bits = 48);
    WRONG(untyped, UNTYPEDS, 0, UNTYPED, r->size += 16);
    WRONG(untyped, UNTYPEDS, 1, UNTYPED,
          ((struct sk_spec_untyped *)record(&c, SK_SPEC_UNTYPEDS, 0))->size = SK_SPEC_REST);
    WRONG(untyped, UNTYPEDS, 1, UNTYPED,
          ((struct sk_spec_untyped *)record(&c, SK_SPEC_UNTYPEDS, 0))->flags = SK_SPEC_DEVICE);
    WRONG(image, IMAGE, 0, SLOT, r->slot = 449);
    WRONG(image, IMAGE, 0, PAGE, r->info_frame = c.system.endpoint);
    WRONG(image, IMAGE, 0, NOT_ZERO, r->reserved[6] = 1);
}

static void fills_are_checked(void **state)
{
    (void)state;
    WRONG(fill, FILLS, 0, OBJECT, r->frame = c.system.tcbs);
    WRONG(fill, FILLS, 0, TOO_LARGE, r->flags = 4);
    WRONG(fill, FILLS, 0, NOT_ZERO, r->flags = 256);
    WRONG(fill, FILLS, 0, NOT_ZERO, r->reserved = 1u << 31);
    WRONG(fill, FILLS, 0, FILL_FRAME, r->offset = 1);
    WRONG(fill, FILLS, 0, FILL_FRAME, r->length = UINT32_MAX);
    WRONG(fill, FILLS, 0, FILL_FRAME, r->offset = UINT32_MAX);
    WRONG(fill, FILLS, 1, FILL_CONTENTS, r->from = 0);
    WRONG(fill, FILLS, 1, FILL_CONTENTS, r->from = 5 * 4096);
    WRONG(fill, FILLS, 1, FILL_CONTENTS, r->from = UINT64_MAX);
}

/* Maps of the system: 0 blob pages, 1 frames, 2 fixed ones, 3 large, 4 a blob page, 5 copy. */
static void maps_are_checked(void **state)
{
    (void)state;
    WRONG(map, MAPS, 0, OBJECT, r->vspace = c.system.tcbs);
    WRONG(map, MAPS, 0, TOO_LARGE, r->source = SK_SPEC_IRQ);
    WRONG(map, MAPS, 0, TOO_LARGE, r->flags = 2);
    WRONG(map, MAPS, 0, TOO_LARGE, r->attributes = 4);
    WRONG(map, MAPS, 0, NOT_ZERO, r->reserved[3] = 1);
    WRONG(map, MAPS, 0, PAGES, r->count = 4);
    WRONG(map, MAPS, 0, PAGES, r->count = 0);
    WRONG(map, MAPS, 0, PAGES, r->size_bits = 21);
    WRONG(map, MAPS, 0, PAGE_ORDER, r->first = 1);
    WRONG(map, MAPS, 4, PAGE_ORDER, r->first = 0);
    WRONG(map, MAPS, 1, RUN, r->first = c.system.vspaces);
    WRONG(map, MAPS, 1, RUN, r->count = 9);
    WRONG(map, MAPS, 1, FRAME_SIZE, r->size_bits = 21);
    WRONG(map, MAPS, 1, VADDR, r->vaddr++);
    WRONG(map, MAPS, 1, VADDR, r->vaddr = (1ull << 47) - 4096);
    WRONG(map, MAPS, 1, MAP_RIGHTS, r->rights = SK_SPEC_WRITE);
    WRONG(map, MAPS, 1, MAP_RIGHTS, r->rights = SK_SPEC_ALL_RIGHTS);
    WRONG(map, MAPS, 1, MAP_RIGHTS, r->rights = 0);
    WRONG(map, MAPS, 1, MAP_ORDER, r->vaddr = SYSTEM_CODE + 4096);
    WRONG(map, MAPS, 4, MAP_ORDER, r->vspace--; r->vaddr = SYSTEM_CODE);
}

static void irqs_and_caps_are_checked(void **state)
{
    (void)state;
    WRONG(irq, IRQS, 0, OBJECT, r->notification = c.system.endpoint);
    WRONG(irq, IRQS, 0, TOO_LARGE, r->is_edge = 2);
    WRONG(irq, IRQS, 0, NOT_ZERO, r->reserved[0] = 1);
    WRONG(irq, IRQS, 0, BADGE_NOTIFICATION, r->notification = SK_SPEC_NONE);
    WRONG(cap, CAPS, 0, SLOT, r->cnode = c.system.tcbs);
    WRONG(cap, CAPS, 0, SLOT, r->slot = 512);
    WRONG(cap, CAPS, 0, OPERATION, r->operation = 3);
    WRONG(cap, CAPS, 0, OPERATION, r->rights = 16);
    WRONG(cap, CAPS, 0, OPERATION, r->reserved = 1);
    WRONG(cap, CAPS, 0, SOURCE, r->source = c.spec->object_count);
    WRONG(cap, CAPS, 0, SOURCE, r->kind = 5);
    WRONG(cap, CAPS, 2, SOURCE, r->source = SYSTEM_HANDED);
    WRONG(cap, CAPS, 3, SOURCE, r->source = 3);
    WRONG(cap, CAPS, 5, SOURCE, r->source = 1);
    WRONG(cap, CAPS, 6, SOURCE, r->source = 0);
    WRONG(cap, CAPS, 6, SOURCE, r->source = 16);
    WRONG(cap, CAPS, 0, OPERATION, r->data = 1);
    WRONG(cap, CAPS, 1, OPERATION, r->source = c.system.tcbs);
    WRONG(cap, CAPS, 2, OPERATION, r->operation = SK_SPEC_OP_MINT);
    WRONG(cap, CAPS, 2, OPERATION, r->operation = SK_SPEC_OP_MOVE; r->rights = 15);
    WRONG(cap, CAPS, 3, OPERATION, r->rights = SK_SPEC_READ);
    WRONG(cap, CAPS, 1, CAP_ORDER, r->slot = 1);
    WRONG(cap, CAPS, 4, CAP_ORDER, r->cnode--);
}

static void threads_are_checked(void **state)
{
    (void)state;
    WRONG(domain, SCHEDULE, 0, SCHEDULE, r->index = 2);
    WRONG(domain, SCHEDULE, 0, SCHEDULE, r->domain = 1);
    WRONG(thread, THREADS, 0, OBJECT, r->tcb = SK_SPEC_NONE);
    WRONG(thread, THREADS, 0, OBJECT, r->cspace = c.system.vspaces);
    WRONG(thread, THREADS, 0, OBJECT, r->vspace = c.system.cnodes);
    WRONG(thread, THREADS, 0, PAGE, r->ipc_frame = c.system.cnodes);
    WRONG(thread, THREADS, 0, OBJECT, r->fault_endpoint = c.system.tcbs);
    WRONG(thread, THREADS, 0, OBJECT, r->timeout_endpoint = c.system.tcbs);
    WRONG(thread, THREADS, 0, OBJECT, r->sched_context = c.system.tcbs);
    WRONG(thread, THREADS, 0, OBJECT, r->notification = c.system.tcbs);
    WRONG(thread, THREADS, 0, TOO_LARGE, r->flags = 32);
    WRONG(thread, THREADS, 0, TIME, r->budget_us = 0);
    WRONG(thread, THREADS, 0, TIME, r->budget_us = 1001);
    WRONG(thread, THREADS, 0, TIME, r->period_us = (1ull << 40) + 1);
    WRONG(thread, THREADS, 0, TIME, r->core = 1);
    WRONG(thread, THREADS, 0, TIME, r->sched_context = SK_SPEC_NONE); /* is passive */
    WRONG(thread, THREADS, 0, PASSIVE, r->notification = SK_SPEC_NONE);
    WRONG(thread, THREADS, 0, THREAD_ADDRESS, r->stack += 8);
    WRONG(thread, THREADS, 0, THREAD_ADDRESS, r->entry = 1ull << 47);
    WRONG(thread, THREADS, 0, THREAD_ADDRESS, r->ipc_vaddr = 1ull << 47);
    WRONG(thread, THREADS, 0, BADGE_ENDPOINT, r->fault_endpoint = SK_SPEC_NONE;
          r->fault_badge = 1);
    WRONG(thread, THREADS, 1, BADGE_ENDPOINT, r->timeout_endpoint = SK_SPEC_NONE);
    WRONG(thread, THREADS, 1, THREAD_DOMAIN, r->domain = 1);
    WRONG(thread, THREADS, 0, THREAD_DOMAIN, r->name = 6);
}

static void one_image_record_is_enough(void **state)
{
    (void)state;
    struct copy c = copy_make();
    struct sk_spec_section *image = &c.spec->section[SK_SPEC_IMAGE];

    /* The schedule lies behind it, and is no image; so the record is put twice at its place. */
    image->offset -= sizeof(struct sk_spec_image);
    memmove(record(&c, SK_SPEC_IMAGE, 0),
            (char *)record(&c, SK_SPEC_IMAGE, 0) + sizeof(struct sk_spec_image),
            sizeof(struct sk_spec_image));
    image->count = 2;
    c.spec->section[SK_SPEC_CAPS].count = 0; /* the last of them was overwritten */
    expect(&c, SK_SPEC_IMAGE, 1, SK_SPEC_WRONG_IMAGE_TWICE);
}

static void every_call_and_problem_has_a_name(void **state)
{
    (void)state;
    assert_string_equal(sk_init_call_name(SK_INIT_RETYPE), "Untyped_Retype");
    assert_string_equal(sk_init_call_name(SK_INIT_MINT), "CNode_Mint");
    assert_string_equal(sk_init_call_name(SK_INIT_REGISTERS), "TCB_WriteRegisters");
    assert_string_equal(sk_init_call_name(SK_INIT_CALL_COUNT), "no call");
    assert_string_equal(sk_init_call_name((enum sk_init_call)1000), "no call");
    assert_string_equal(sk_spec_wrong_text(SK_SPEC_WRONG_THREAD_DOMAIN),
                        "the domain or the name does not exist");
    assert_string_equal(sk_spec_wrong_text((enum sk_spec_wrong)1000), "");
    assert_string_equal(sk_spec_table_name(SK_SPEC_NAMES), "names");
    assert_string_equal(sk_spec_table_name((enum sk_spec_table)1000), "header");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_one_is_accepted),
        cmocka_unit_test(the_header_is_checked),
        cmocka_unit_test(names_end),
        cmocka_unit_test(handed_pages_are_all_mapped),
        cmocka_unit_test(tables_lie_inside),
        cmocka_unit_test(groups_are_checked),
        cmocka_unit_test(spaces_are_checked),
        cmocka_unit_test(gifts_are_checked),
        cmocka_unit_test(fills_are_checked),
        cmocka_unit_test(maps_are_checked),
        cmocka_unit_test(irqs_and_caps_are_checked),
        cmocka_unit_test(threads_are_checked),
        cmocka_unit_test(one_image_record_is_enough),
        cmocka_unit_test(every_call_and_problem_has_a_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
