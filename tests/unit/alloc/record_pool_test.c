/*
 * Record pools: growing from a source, shrinking, and what is kept back.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/alloc/record_pool.h>

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "traps.h"

#define RECORD_SIZE 96
#define PER_CHUNK   ((SK_RECORD_CHUNK - 64) / RECORD_SIZE)

/* A source of pages, which takes a record of the pool for each page it gives. */
struct pages {
    struct sk_source source;
    struct sk_record_pool *pool;
    void *record[64];
    seL4_Word count;
    seL4_Word limit;
};

static sk_err take_pages(struct sk_source *self, seL4_Word count, uintptr_t *ret_vaddr)
{
    struct pages *p = (struct pages *)self;

    assert_int_equal(count, 1);
    if (p->count == p->limit) {
        return SK_ERR_NO_MEMORY;
    }
    p->record[p->count] = sk_record_pool_take(p->pool);
    assert_non_null(p->record[p->count]);
    *ret_vaddr = (uintptr_t)aligned_alloc(SK_RECORD_CHUNK, SK_RECORD_CHUNK);
    p->count++;
    return SK_OK;
}

static void give_pages(struct sk_source *self, uintptr_t vaddr, seL4_Word count)
{
    struct pages *p = (struct pages *)self;

    assert_int_equal(count, 1);
    p->count--;
    sk_record_pool_give(p->pool, p->record[p->count]);
    free((void *)vaddr);
}

static _Alignas(SK_RECORD_CHUNK) char memory[SK_RECORD_CHUNK];

static struct pages pages_of(struct sk_record_pool *pool, seL4_Word limit)
{
    return (struct pages){
        .source = {.take_pages = take_pages, .give_pages = give_pages},
        .pool = pool,
        .limit = limit,
    };
}

static void records_are_zero_and_their_own(void **state)
{
    struct sk_record_pool p;
    unsigned char *record[PER_CHUNK];

    (void)state;
    sk_record_pool_init(&p, RECORD_SIZE, NULL);
    assert_null(sk_record_pool_take(&p));
    sk_record_pool_add(&p, memory);
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned n = 0; n < PER_CHUNK; n++) {
            record[n] = (unsigned char *)sk_record_pool_take(&p);
            assert_non_null(record[n]);
            for (unsigned byte = 0; byte < RECORD_SIZE; byte++) {
                assert_int_equal(record[n][byte], 0);
            }
            memset(record[n], (int)n + 1, RECORD_SIZE);
        }
        assert_null(sk_record_pool_take(&p));
        assert_int_equal(p.free_count, 0);
        for (unsigned n = 0; n < PER_CHUNK; n++) {
            assert_int_equal(record[n][RECORD_SIZE - 1], n + 1);
            sk_record_pool_give(&p, record[n]);
        }
        assert_int_equal(p.free_count, PER_CHUNK);
    }
    assert_int_equal(sk_record_pool_ensure(&p, PER_CHUNK), SK_OK);
    assert_int_equal(sk_record_pool_ensure(&p, PER_CHUNK + 1), SK_ERR_NO_MEMORY);
}

static void a_pool_grows_and_gives_everything_back(void **state)
{
    struct sk_record_pool p;
    struct pages s = pages_of(&p, 64);
    void *record[500];

    (void)state;
    sk_record_pool_init(&p, RECORD_SIZE, &s.source);
    sk_record_pool_add(&p, memory);
    p.reserve = 4;
    for (unsigned n = 0; n < 500; n++) {
        assert_int_equal(sk_record_pool_ensure(&p, 1), SK_OK);
        record[n] = sk_record_pool_take(&p);
        assert_non_null(record[n]);
    }
    assert_true(s.count >= (500 - PER_CHUNK) / PER_CHUNK);
    assert_int_equal(p.chunk_count, s.count);
    /* In an order that empties no chunk before the end. */
    for (unsigned step = 0; step < 7; step++) {
        for (unsigned n = step; n < 500; n += 7) {
            sk_record_pool_give(&p, record[n]);
        }
    }
    sk_record_pool_trim(&p, PER_CHUNK);
    assert_int_equal(s.count, 1);
    sk_record_pool_trim(&p, 0);
    assert_int_equal(s.count, 0);
    assert_int_equal(p.free_count, PER_CHUNK);
    sk_record_pool_fini(&p);
}

static void the_reserve_is_kept_for_growing(void **state)
{
    struct sk_record_pool p;
    struct pages s = pages_of(&p, 0);

    (void)state;
    sk_record_pool_init(&p, RECORD_SIZE, &s.source);
    sk_record_pool_add(&p, memory);
    p.reserve = 5;
    for (unsigned n = 0; n < PER_CHUNK - 5; n++) {
        assert_non_null(sk_record_pool_take(&p));
    }
    assert_null(sk_record_pool_take(&p));
    assert_int_equal(sk_record_pool_ensure(&p, 1), SK_ERR_NO_MEMORY);
    assert_null(sk_record_pool_take(&p));
    s.limit = 1;
    assert_int_equal(sk_record_pool_ensure(&p, 1), SK_OK);
    assert_non_null(sk_record_pool_take(&p));
    assert_int_equal(s.count, 1);
    sk_record_pool_fini(&p);
    assert_int_equal(s.count, 0);
}

static void give_twice(void *arg)
{
    struct sk_record_pool *p = (struct sk_record_pool *)arg;
    void *record = sk_record_pool_take(p);

    sk_record_pool_give(p, record);
    sk_record_pool_give(p, record);
}

static void giving_a_record_twice_traps(void **state)
{
    struct sk_record_pool p;

    (void)state;
    sk_record_pool_init(&p, RECORD_SIZE, NULL);
    sk_record_pool_add(&p, memory);
    assert_true(traps(give_twice, &p));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_zero_and_their_own),
        cmocka_unit_test(a_pool_grows_and_gives_everything_back),
        cmocka_unit_test(the_reserve_is_kept_for_growing),
        cmocka_unit_test(giving_a_record_twice_traps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
