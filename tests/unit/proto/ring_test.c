/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/ring.h>

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "host_kernel.h"

#define NOBODY ((sk_notification){0})

struct fixture {
    struct sk_ring_layout layout;
    struct sk_ring_memory memory;
    struct sk_ring_producer p;
    struct sk_ring_consumer c;
};

/* Memory of exactly the size, so that the address sanitizer sees its end. */
static struct fixture make(uint32_t count, uint32_t size)
{
    struct fixture f = {.layout = sk_ring_layout(count, size)};

    f.memory.queue_size = sk_ring_queue_size(&f.layout, true);
    f.memory.queue = malloc(f.memory.queue_size);
    memset(f.memory.queue, 0xa5, f.memory.queue_size);
    assert_int_equal(sk_ring_clear(&f.layout, &f.memory), SK_OK);
    assert_int_equal(sk_ring_producer_init(&f.p, &f.layout, &f.memory, NOBODY, NOBODY), SK_OK);
    assert_int_equal(sk_ring_consumer_init(&f.c, &f.layout, &f.memory, NOBODY, NOBODY), SK_OK);
    return f;
}

static uint32_t *word_at(const struct fixture *f, uint32_t offset)
{
    return (uint32_t *)((char *)f->memory.queue + offset);
}

static void fill(uint8_t *message, uint32_t size, uint32_t n)
{
    for (uint32_t i = 0; i < size; i++) {
        message[i] = (uint8_t)(n * 31 + i);
    }
}

static void messages_come_out_as_they_went_in(void **state)
{
    static const uint32_t sizes[] = {1, 3, 4, 8, 12, 16, 24, 100};
    uint8_t in[100], out[100];

    (void)state;
    for (unsigned s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
        for (uint32_t count = 1; count <= 16; count *= 2) {
            struct fixture f = make(count, sizes[s]);
            uint32_t pushed = 0, popped = 0;

            for (unsigned round = 0; round < 50; round++) {
                for (fill(in, sizes[s], pushed); sk_ring_push(&f.p, in) == SK_OK;
                     fill(in, sizes[s], pushed)) {
                    pushed++;
                }
                assert_int_equal(pushed - popped, count);
                for (unsigned n = 0; n <= round % (count + 1); n++) {
                    if (sk_ring_pop(&f.c, out) == SK_OK) {
                        fill(in, sizes[s], popped++);
                        assert_memory_equal(in, out, sizes[s]);
                    }
                }
            }
            free(f.memory.queue);
        }
    }
}

static void a_full_ring_and_an_empty_one_are_not_ready(void **state)
{
    struct fixture f = make(4, 8);
    uint64_t word = 7;

    (void)state;
    assert_int_equal(sk_ring_pop(&f.c, &word), SK_ERR_NOT_READY);
    assert_int_equal(word, 7);
    for (word = 0; word < 4; word++) {
        assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    }
    assert_int_equal(sk_ring_push(&f.p, &word), SK_ERR_NOT_READY);
    for (uint64_t n = 0; n < 4; n++) {
        assert_int_equal(sk_ring_pop(&f.c, &word), SK_OK);
        assert_int_equal(word, n);
    }
    assert_int_equal(sk_ring_pop(&f.c, &word), SK_ERR_NOT_READY);
    free(f.memory.queue);
}

static void spare_entries_stay_empty(void **state)
{
    struct fixture f = make(8, 4);
    uint32_t word = 1, pushed = 0;

    (void)state;
    f.layout.spare = 3;
    assert_int_equal(sk_ring_producer_init(&f.p, &f.layout, &f.memory, NOBODY, NOBODY), SK_OK);
    while (sk_ring_push(&f.p, &word) == SK_OK) {
        pushed++;
    }
    assert_int_equal(pushed, 5);
    free(f.memory.queue);
}

static void many_go_as_far_as_there_is_room(void **state)
{
    struct fixture f = make(8, 12);
    uint32_t in[20][3], out[20][3], count = 99, next = 0, last = 0;

    (void)state;
    assert_int_equal(sk_ring_pop_some(&f.c, out, 3, &count), SK_ERR_NOT_READY);
    assert_int_equal(count, 99);
    assert_int_equal(sk_ring_push_some(&f.p, in, 0, &count), SK_OK);
    assert_int_equal(count, 0);
    for (unsigned round = 0; round < 100; round++) {
        for (unsigned n = 0; n < 20; n++) {
            in[n][0] = in[n][1] = in[n][2] = next + n;
        }
        if (sk_ring_push_some(&f.p, in, round % 20 + 1, &count) == SK_OK) {
            assert_in_range(count, 1, round % 20 + 1);
            next += count;
        } else {
            assert_int_equal(next - last, 8);
        }
        assert_int_equal(sk_ring_pop_some(&f.c, out, round % 7 + 1, &count), SK_OK);
        for (unsigned n = 0; n < count; n++, last++) {
            assert_true(out[n][0] == last && out[n][1] == last && out[n][2] == last);
        }
    }
    assert_true(last > 300);
    free(f.memory.queue);
}

static void a_batch_is_seen_at_once(void **state)
{
    struct fixture f = make(8, 8);
    uint64_t words[5] = {1, 2, 3, 4, 5};
    uint32_t count;

    (void)state;
    assert_int_equal(sk_ring_push_some(&f.p, words, 5, &count), SK_OK);
    assert_int_equal(count, 5);
    assert_int_equal(*word_at(&f, f.layout.tail), 5);
    free(f.memory.queue);
}

static void layouts_that_make_no_sense_are_refused(void **state)
{
    static char memory_of[512] __attribute__((aligned(8)));
    struct sk_ring_memory memory = {.queue = memory_of, .queue_size = sizeof(memory_of)};
    const struct sk_ring_layout good = sk_ring_layout(4, 8);
    struct {
        sk_err want;
        struct sk_ring_layout layout;
    } rows[] = {
        {SK_OK, good},                   /* nothing is wrong */
        {SK_ERR_INVALID_ARGUMENT, good}, /* no entries */
        {SK_ERR_INVALID_ARGUMENT, good}, /* no power of two */
        {SK_ERR_INVALID_ARGUMENT, good}, /* no size */
        {SK_ERR_INVALID_ARGUMENT, good}, /* an index of three bytes */
        {SK_ERR_INVALID_ARGUMENT, good}, /* more than its index can count */
        {SK_ERR_INVALID_ARGUMENT, good}, /* all are spare */
        {SK_ERR_ALIGNMENT, good},        /* an odd tail */
        {SK_ERR_ALIGNMENT, good},        /* an odd head */
        {SK_ERR_ALIGNMENT, good},        /* an odd flag */
        {SK_ERR_ALIGNMENT, good},        /* another */
        {SK_ERR_ALIGNMENT, good},        /* an odd format */
        {SK_ERR_NO_MEMORY, good},        /* too many entries for the memory */
        {SK_ERR_NO_MEMORY, good},        /* so many that 32 bits do not count them */
        {SK_ERR_NO_MEMORY, good},        /* a tail outside */
        {SK_ERR_NO_MEMORY, good},        /* a format that ends where 32 bits do */
    };
    struct sk_ring_producer p;
    struct sk_ring_consumer c;

    (void)state;
    rows[1].layout.count = 0;
    rows[2].layout.count = 12;
    rows[3].layout.size = 0;
    rows[4].layout.index_size = 3;
    rows[5].layout.index_size = 2;
    rows[5].layout.count = 0x10000;
    rows[6].layout.spare = 4;
    rows[7].layout.tail = 66;
    rows[8].layout.head = 130;
    rows[9].layout.consumer_signalled = 133;
    rows[10].layout.producer_signalled = 70;
    rows[11].layout.format = 2;
    rows[12].layout.count = 64;
    rows[13].layout.count = 0x80000000;
    rows[13].layout.size = 2;
    rows[14].layout.tail = 512;
    rows[15].layout.format = 0xfffffff8;
    for (unsigned n = 0; n < sizeof(rows) / sizeof(rows[0]); n++) {
        assert_int_equal(sk_ring_clear(&rows[n].layout, &memory), rows[n].want);
        assert_int_equal(sk_ring_producer_init(&p, &rows[n].layout, &memory, NOBODY, NOBODY),
                         rows[n].want);
        assert_int_equal(sk_ring_consumer_init(&c, &rows[n].layout, &memory, NOBODY, NOBODY),
                         rows[n].want);
    }
    memory.queue = memory_of + 4;
    assert_int_equal(sk_ring_clear(&good, &memory), SK_ERR_ALIGNMENT);
}

static void entries_can_be_elsewhere(void **state)
{
    struct fixture f = make(16, 8);
    char *elsewhere = malloc(128);
    uint64_t word = 5;

    (void)state;
    f.memory.queue_size = sk_ring_queue_size(&f.layout, false);
    assert_int_equal(f.memory.queue_size, 136);
    f.memory.entries = elsewhere;
    f.memory.entries_size = 127;
    assert_int_equal(sk_ring_clear(&f.layout, &f.memory), SK_ERR_NO_MEMORY);
    f.memory.entries_size = 128;
    assert_int_equal(sk_ring_producer_init(&f.p, &f.layout, &f.memory, NOBODY, NOBODY), SK_OK);
    assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    assert_memory_equal(elsewhere, &word, sizeof(word));
    free(elsewhere);
    free(f.memory.queue);
}

static void another_format_is_refused(void **state)
{
    struct fixture f = make(4, 8);
    struct sk_ring_layout smaller = sk_ring_layout(4, 4);
    struct sk_ring_layout shorter = sk_ring_layout(2, 8);
    struct sk_ring_consumer c;

    (void)state;
    assert_int_equal(sk_ring_consumer_init(&c, &smaller, &f.memory, NOBODY, NOBODY),
                     SK_ERR_ILLEGAL_OPERATION);
    assert_int_equal(sk_ring_consumer_init(&c, &shorter, &f.memory, NOBODY, NOBODY),
                     SK_ERR_ILLEGAL_OPERATION);
    *word_at(&f, 0) = 0;
    assert_int_equal(sk_ring_consumer_init(&c, &f.layout, &f.memory, NOBODY, NOBODY),
                     SK_ERR_ILLEGAL_OPERATION);
    free(f.memory.queue);
}

static void who_comes_later_goes_on_where_the_one_before_ended(void **state)
{
    struct fixture f = make(4, 8);
    uint64_t word;

    (void)state;
    for (word = 0; word < 3; word++) {
        assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    }
    assert_int_equal(sk_ring_pop(&f.c, &word), SK_OK);
    assert_int_equal(sk_ring_producer_init(&f.p, &f.layout, &f.memory, NOBODY, NOBODY), SK_OK);
    assert_int_equal(sk_ring_consumer_init(&f.c, &f.layout, &f.memory, NOBODY, NOBODY), SK_OK);
    assert_true(sk_ring_producer_must_ring(&f.p)); /* its predecessor may not have */
    word = 3;
    assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    for (uint64_t n = 1; n < 4; n++) {
        assert_int_equal(sk_ring_pop(&f.c, &word), SK_OK);
        assert_int_equal(word, n);
    }
    *word_at(&f, f.layout.tail) = 9;
    assert_int_equal(sk_ring_consumer_init(&f.c, &f.layout, &f.memory, NOBODY, NOBODY),
                     SK_ERR_RANGE);
    assert_int_equal(sk_ring_producer_init(&f.p, &f.layout, &f.memory, NOBODY, NOBODY),
                     SK_ERR_RANGE);
    free(f.memory.queue);
}

static void an_index_that_cannot_be_is_an_error(void **state)
{
    struct fixture f = make(4, 8);
    uint64_t word = 1;
    uint32_t count = 77;

    (void)state;
    for (uint32_t tail = 5; tail != 0; tail = tail < 0x80000000u ? tail * 3 : 0) {
        *word_at(&f, f.layout.tail) = tail;
        assert_int_equal(sk_ring_pop(&f.c, &word), SK_ERR_RANGE);
        assert_int_equal(sk_ring_pop_some(&f.c, &word, 1, &count), SK_ERR_RANGE);
        assert_true(sk_ring_consumer_ask(&f.c)); /* else it would wait, and not see it */
        assert_int_equal(*word_at(&f, f.layout.head), 0);
    }
    for (uint32_t n = 0; n < 4; n++) {
        assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    }
    *word_at(&f, f.layout.head) = 5;
    assert_int_equal(sk_ring_push(&f.p, &word), SK_ERR_RANGE);
    assert_int_equal(sk_ring_push_some(&f.p, &word, 1, &count), SK_ERR_RANGE);
    assert_true(sk_ring_producer_ask(&f.p));
    assert_int_equal(count, 77);

    /* It is no worse afterwards. */
    assert_int_equal(sk_ring_pop(&f.c, &word), SK_OK);
    assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    free(f.memory.queue);
}

static void what_is_ours_is_not_read_from_the_memory(void **state)
{
    struct fixture f = make(4, 8);
    uint64_t word = 1;

    (void)state;
    assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    *word_at(&f, f.layout.tail) = 0xdeadbeef;
    for (word = 2; word <= 4; word++) {
        assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    }
    assert_int_equal(*word_at(&f, f.layout.tail), 4);
    for (uint64_t n = 1; n <= 4; n++) {
        *word_at(&f, f.layout.head) = 0xdeadbeef;
        assert_int_equal(sk_ring_pop(&f.c, &word), SK_OK);
        assert_int_equal(word, n);
    }
    free(f.memory.queue);
}

static void the_bell_is_rung_once_for_who_asked(void **state)
{
    struct fixture f = make(4, 8);
    uint64_t word = 1;

    (void)state;
    assert_true(sk_ring_producer_must_ring(&f.p)); /* the ring was just made */
    assert_int_equal(*word_at(&f, f.layout.consumer_signalled), 1);
    assert_false(sk_ring_producer_must_ring(&f.p));

    assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    assert_false(sk_ring_producer_must_ring(&f.p)); /* nobody asked */
    assert_true(sk_ring_consumer_ask(&f.c));        /* there is something */
    assert_int_equal(*word_at(&f, f.layout.consumer_signalled), 1);
    assert_int_equal(sk_ring_pop(&f.c, &word), SK_OK);
    assert_false(sk_ring_consumer_ask(&f.c));
    assert_int_equal(*word_at(&f, f.layout.consumer_signalled), 0);
    assert_false(sk_ring_producer_must_ring(&f.p)); /* nothing is new */
    assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    assert_true(sk_ring_producer_must_ring(&f.p));
    assert_false(sk_ring_producer_must_ring(&f.p));

    /* The same for room. */
    assert_true(sk_ring_producer_ask(&f.p));
    assert_true(sk_ring_consumer_must_ring(&f.c) ==
                (*word_at(&f, f.layout.producer_signalled) == 0));
    assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    assert_false(sk_ring_producer_ask(&f.p));
    assert_int_equal(sk_ring_pop(&f.c, &word), SK_OK);
    assert_true(sk_ring_consumer_must_ring(&f.c));
    assert_true(sk_ring_producer_ask(&f.p));
    free(f.memory.queue);
}

static void without_flags_it_is_always_rung(void **state)
{
    struct fixture f = make(4, 8);
    uint64_t word = 1;

    (void)state;
    f.layout.consumer_signalled = SK_RING_NOWHERE;
    f.layout.producer_signalled = SK_RING_NOWHERE;
    assert_int_equal(sk_ring_producer_init(&f.p, &f.layout, &f.memory, NOBODY, NOBODY), SK_OK);
    assert_int_equal(sk_ring_consumer_init(&f.c, &f.layout, &f.memory, NOBODY, NOBODY), SK_OK);
    for (unsigned n = 0; n < 3; n++) {
        assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
        assert_true(sk_ring_producer_must_ring(&f.p));
        assert_false(sk_ring_producer_must_ring(&f.p));
        assert_int_equal(sk_ring_pop(&f.c, &word), SK_OK);
        assert_true(sk_ring_consumer_must_ring(&f.c));
        assert_false(sk_ring_consumer_ask(&f.c));
    }
    free(f.memory.queue);
}

static void bells_are_notifications(void **state)
{
    struct host_kernel k = host_kernel_boot();
    sk_notification bell = {host_kernel_make(&k, seL4_NotificationObject, 0)};
    struct fixture f = make(4, 8);
    uint64_t word = 1;

    (void)state;
    assert_int_equal(sk_ring_producer_init(&f.p, &f.layout, &f.memory, bell, bell), SK_OK);
    assert_int_equal(sk_ring_consumer_init(&f.c, &f.layout, &f.memory, bell, bell), SK_OK);
    assert_false(sk_ring_consumer_ask(&f.c));
    assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    sk_ring_producer_ring(&f.p);
    seL4_Wait(bell.cptr, NULL);  /* would be for ever */
    sk_ring_consumer_wait(&f.c); /* there is a message */
    for (unsigned n = 0; n < 3; n++) {
        assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
    }
    assert_false(sk_ring_producer_ask(&f.p));
    assert_int_equal(sk_ring_pop(&f.c, &word), SK_OK);
    sk_ring_consumer_ring(&f.c);
    seL4_Wait(bell.cptr, NULL);
    sk_ring_producer_wait(&f.p); /* there is room */
    host_kernel_end();
    free(f.memory.queue);
}

static void who_waits_has_rung(void **state)
{
    struct host_kernel k = host_kernel_boot();
    sk_notification bell = {host_kernel_make(&k, seL4_NotificationObject, 0)};
    struct fixture f = make(4, 8);
    uint64_t word = 1;

    (void)state;
    assert_int_equal(sk_ring_producer_init(&f.p, &f.layout, &f.memory, bell, bell), SK_OK);
    assert_int_equal(sk_ring_consumer_init(&f.c, &f.layout, &f.memory, bell, bell), SK_OK);
    assert_false(sk_ring_consumer_ask(&f.c));
    while (sk_ring_push(&f.p, &word) == SK_OK) {
    }
    sk_ring_producer_wait(&f.p); /* would be for ever, if it did not signal the one bell */
    assert_false(sk_ring_producer_must_ring(&f.p));
    host_kernel_end();
    free(f.memory.queue);
}

static void indices_wrap(void **state)
{
    struct fixture f = make(8, 8);
    uint64_t word;

    (void)state;
    *word_at(&f, f.layout.tail) = *word_at(&f, f.layout.head) = UINT32_MAX - 20;
    assert_int_equal(sk_ring_producer_init(&f.p, &f.layout, &f.memory, NOBODY, NOBODY), SK_OK);
    assert_int_equal(sk_ring_consumer_init(&f.c, &f.layout, &f.memory, NOBODY, NOBODY), SK_OK);
    for (uint64_t n = 0; n < 100; n++) {
        word = n;
        assert_int_equal(sk_ring_push(&f.p, &word), SK_OK);
        if (n >= 7) {
            assert_int_equal(sk_ring_pop(&f.c, &word), SK_OK);
            assert_int_equal(word, n - 7);
        }
    }
    free(f.memory.queue);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_come_out_as_they_went_in),
        cmocka_unit_test(a_full_ring_and_an_empty_one_are_not_ready),
        cmocka_unit_test(spare_entries_stay_empty),
        cmocka_unit_test(many_go_as_far_as_there_is_room),
        cmocka_unit_test(a_batch_is_seen_at_once),
        cmocka_unit_test(layouts_that_make_no_sense_are_refused),
        cmocka_unit_test(entries_can_be_elsewhere),
        cmocka_unit_test(another_format_is_refused),
        cmocka_unit_test(who_comes_later_goes_on_where_the_one_before_ended),
        cmocka_unit_test(an_index_that_cannot_be_is_an_error),
        cmocka_unit_test(what_is_ours_is_not_read_from_the_memory),
        cmocka_unit_test(the_bell_is_rung_once_for_who_asked),
        cmocka_unit_test(without_flags_it_is_always_rung),
        cmocka_unit_test(bells_are_notifications),
        cmocka_unit_test(who_waits_has_rung),
        cmocka_unit_test(indices_wrap),
    };

    return cmocka_run_group_tests_name("proto/ring", tests, NULL, NULL);
}
