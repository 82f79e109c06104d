/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/multi_ring.h>

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "host_kernel.h"

#define NOBODY ((sk_notification){0})
#define TAIL   64 /* docs/spec/ring.md */
#define FIRST  192

struct fixture {
    struct sk_multi_ring_memory memory;
    struct sk_multi_ring_producer p[2];
    struct sk_multi_ring_consumer c;
};

static struct fixture make(uint32_t count, uint32_t size)
{
    struct fixture f = {.memory.size = sk_multi_ring_memory_size(count, size)};

    f.memory.memory = malloc(f.memory.size);
    memset(f.memory.memory, 0xa5, f.memory.size);
    assert_int_equal(sk_multi_ring_clear(count, size, &f.memory), SK_OK);
    for (unsigned n = 0; n < 2; n++) {
        assert_int_equal(
            sk_multi_ring_producer_init(&f.p[n], count, size, &f.memory, NOBODY, NOBODY),
            SK_OK);
    }
    assert_int_equal(sk_multi_ring_consumer_init(&f.c, count, size, &f.memory, NOBODY, NOBODY),
                     SK_OK);
    return f;
}

static uint32_t *word_at(const struct fixture *f, uint32_t offset)
{
    return (uint32_t *)((char *)f->memory.memory + offset);
}

static void messages_of_all_come_in_the_order_of_pushing(void **state)
{
    static const uint32_t sizes[] = {1, 7, 8, 12, 16};
    uint8_t in[16], out[16];

    (void)state;
    for (unsigned s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
        for (uint32_t count = 2; count <= 16; count *= 2) {
            struct fixture f = make(count, sizes[s]);
            uint32_t pushed = 0, popped = 0;

            for (unsigned round = 0; round < 100; round++) {
                memset(in, (int)pushed, sizeof(in));
                while (sk_multi_ring_push(&f.p[pushed % 2], in) == SK_OK) {
                    pushed++;
                    memset(in, (int)pushed, sizeof(in));
                }
                assert_int_equal(pushed - popped, count);
                for (unsigned n = 0; n <= round % count; n++) {
                    assert_int_equal(sk_multi_ring_pop(&f.c, out), SK_OK);
                    memset(in, (int)popped++, sizeof(in));
                    assert_memory_equal(in, out, sizes[s]);
                }
            }
            while (sk_multi_ring_pop(&f.c, out) == SK_OK) {
                popped++;
            }
            assert_int_equal(popped, pushed);
            free(f.memory.memory);
        }
    }
}

static void sizes_that_make_no_sense_are_refused(void **state)
{
    static char memory_of[1024] __attribute__((aligned(8)));
    struct sk_multi_ring_memory memory = {memory_of, sizeof(memory_of)};
    static const struct {
        uint32_t count, size;
        sk_err want;
    } rows[] = {
        {0, 8, SK_ERR_INVALID_ARGUMENT},
        {1, 8, SK_ERR_INVALID_ARGUMENT},
        {3, 8, SK_ERR_INVALID_ARGUMENT},
        {SK_MULTI_RING_COUNT_MAX * 2, 8, SK_ERR_INVALID_ARGUMENT},
        {4, 0, SK_ERR_INVALID_ARGUMENT},
        {4, SK_MULTI_RING_SIZE_MAX + 1, SK_ERR_INVALID_ARGUMENT},
        {4, UINT32_MAX, SK_ERR_INVALID_ARGUMENT},
        {64, 8, SK_ERR_NO_MEMORY},
        {SK_MULTI_RING_COUNT_MAX, SK_MULTI_RING_SIZE_MAX, SK_ERR_NO_MEMORY},
        {4, 8, SK_OK},
    };
    struct sk_multi_ring_producer p;
    struct sk_multi_ring_consumer c;

    (void)state;
    for (unsigned n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        uint32_t count = rows[n].count, size = rows[n].size;

        assert_int_equal(sk_multi_ring_clear(count, size, &memory), rows[n].want);
        assert_int_equal(sk_multi_ring_producer_init(&p, count, size, &memory, NOBODY, NOBODY),
                         rows[n].want);
        assert_int_equal(sk_multi_ring_consumer_init(&c, count, size, &memory, NOBODY, NOBODY),
                         rows[n].want);
    }
    assert_int_equal(sk_multi_ring_producer_init(&p, 8, 8, &memory, NOBODY, NOBODY),
                     SK_ERR_ILLEGAL_OPERATION);
    assert_int_equal(sk_multi_ring_producer_init(&p, 4, 7, &memory, NOBODY, NOBODY),
                     SK_ERR_ILLEGAL_OPERATION);
    memset(memory_of, 0, sizeof(memory_of));
    assert_int_equal(sk_multi_ring_consumer_init(&c, 4, 8, &memory, NOBODY, NOBODY),
                     SK_ERR_ILLEGAL_OPERATION);
    memory.memory = memory_of + 4;
    assert_int_equal(sk_multi_ring_clear(4, 8, &memory), SK_ERR_ALIGNMENT);
}

static void entries_that_are_being_written_are_waited_for(void **state)
{
    struct fixture f = make(4, 8);
    uint64_t word = 1;

    (void)state;
    *word_at(&f, TAIL) = 1; /* as if somebody had claimed the first */
    assert_int_equal(sk_multi_ring_push(&f.p[0], &word), SK_OK);
    assert_int_equal(sk_multi_ring_pop(&f.c, &word), SK_ERR_NOT_READY);
    assert_false(sk_multi_ring_consumer_ask(&f.c));
    *word_at(&f, FIRST) = 1; /* and is done with it */
    assert_true(sk_multi_ring_consumer_ask(&f.c));
    assert_int_equal(sk_multi_ring_pop(&f.c, &word), SK_OK);
    assert_int_equal(sk_multi_ring_pop(&f.c, &word), SK_OK);
    assert_int_equal(sk_multi_ring_pop(&f.c, &word), SK_ERR_NOT_READY);
    free(f.memory.memory);
}

static void an_entry_in_no_state_is_an_error(void **state)
{
    struct fixture f = make(4, 8);
    uint64_t word = 1;

    (void)state;
    *word_at(&f, FIRST) = 2;
    assert_int_equal(sk_multi_ring_pop(&f.c, &word), SK_ERR_RANGE);
    assert_true(sk_multi_ring_consumer_ask(&f.c));
    *word_at(&f, FIRST) = UINT32_MAX;
    assert_int_equal(sk_multi_ring_pop(&f.c, &word), SK_ERR_RANGE);
    assert_int_equal(sk_multi_ring_push(&f.p[0], &word), SK_ERR_NOT_READY);

    /* Always somebody faster: it does not try for ever. */
    *word_at(&f, FIRST) = 100;
    assert_int_equal(sk_multi_ring_push(&f.p[0], &word), SK_ERR_NOT_READY);
    free(f.memory.memory);
}

static void the_bell_is_rung_once_for_who_asked(void **state)
{
    struct fixture f = make(4, 8);
    uint64_t word = 1;

    (void)state;
    assert_true(sk_multi_ring_producer_must_ring(&f.p[0]));
    assert_false(sk_multi_ring_producer_must_ring(&f.p[1]));
    assert_false(sk_multi_ring_consumer_ask(&f.c));
    assert_false(sk_multi_ring_producer_must_ring(&f.p[0])); /* nothing is new */
    assert_int_equal(sk_multi_ring_push(&f.p[0], &word), SK_OK);
    assert_int_equal(sk_multi_ring_push(&f.p[1], &word), SK_OK);
    assert_true(sk_multi_ring_producer_must_ring(&f.p[1]));
    assert_false(sk_multi_ring_producer_must_ring(&f.p[0]));
    free(f.memory.memory);
}

static void indices_wrap(void **state)
{
    struct fixture f = make(8, 8);
    const uint32_t start = UINT32_MAX - 31; /* a multiple of 8 */
    uint64_t word;

    (void)state;
    *word_at(&f, TAIL) = start;
    for (uint32_t n = 0; n < 8; n++) {
        *word_at(&f, FIRST + n * 16) = start + n;
    }
    f.c.head = start;
    for (uint64_t n = 0; n < 100; n++) {
        word = n;
        assert_int_equal(sk_multi_ring_push(&f.p[n % 2], &word), SK_OK);
        if (n >= 7) {
            assert_int_equal(sk_multi_ring_pop(&f.c, &word), SK_OK);
            assert_int_equal(word, n - 7);
        }
    }
    free(f.memory.memory);
}

static void bells_are_notifications(void **state)
{
    struct host_kernel k = host_kernel_boot();
    sk_notification bell = {host_kernel_make(&k, seL4_NotificationObject, 0)};
    struct fixture f = make(2, 8);
    uint64_t word = 1;

    (void)state;
    f.p[0].end.doorbell = f.p[0].end.wakeup = bell;
    f.c.end.doorbell = f.c.end.wakeup = bell;
    assert_false(sk_multi_ring_consumer_ask(&f.c));
    assert_int_equal(sk_multi_ring_push(&f.p[0], &word), SK_OK);
    sk_multi_ring_producer_ring(&f.p[0]);
    seL4_Wait(bell.cptr, NULL); /* would be for ever */
    sk_multi_ring_consumer_wait(&f.c);
    sk_multi_ring_producer_wait(&f.p[0]); /* there is room */
    assert_int_equal(sk_multi_ring_pop(&f.c, &word), SK_OK);
    sk_multi_ring_consumer_ring(&f.c); /* it was asked for */
    seL4_Wait(bell.cptr, NULL);
    host_kernel_end();
    free(f.memory.memory);
}

static void who_waits_has_rung(void **state)
{
    struct host_kernel k = host_kernel_boot();
    struct fixture f = make(4, 8);
    uint64_t word = 1;

    (void)state;
    f.p[0].end.doorbell = f.p[0].end.wakeup =
        (sk_notification){host_kernel_make(&k, seL4_NotificationObject, 0)};
    assert_false(sk_multi_ring_consumer_ask(&f.c));
    while (sk_multi_ring_push(&f.p[0], &word) == SK_OK) {
    }
    sk_multi_ring_producer_wait(&f.p[0]); /* would be for ever without the signal */
    assert_false(sk_multi_ring_producer_must_ring(&f.p[0]));

    f.c.end.doorbell = f.c.end.wakeup = f.p[0].end.wakeup;
    while (sk_multi_ring_pop(&f.c, &word) == SK_OK) {
    }
    sk_multi_ring_consumer_wait(&f.c); /* that producer asked for room */
    assert_false(sk_multi_ring_consumer_must_ring(&f.c));
    host_kernel_end();
    free(f.memory.memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_of_all_come_in_the_order_of_pushing),
        cmocka_unit_test(sizes_that_make_no_sense_are_refused),
        cmocka_unit_test(entries_that_are_being_written_are_waited_for),
        cmocka_unit_test(an_entry_in_no_state_is_an_error),
        cmocka_unit_test(the_bell_is_rung_once_for_who_asked),
        cmocka_unit_test(indices_wrap),
        cmocka_unit_test(bells_are_notifications),
        cmocka_unit_test(who_waits_has_rung),
    };

    return cmocka_run_group_tests_name("proto/multi_ring", tests, NULL, NULL);
}
