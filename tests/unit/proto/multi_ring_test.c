/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/notification.h>
#include <selkie/proto/multi_ring.h>
#include <selkie/proto/sddf.h>

#include <string.h>

#include "check.h"
#include "host_kernel.h"

#define NOBODY ((sk_notification){0})
#define LANES  3u
#define TAIL   64 /* docs/spec/ring.md */

static struct fixture {
    char room[LANES][512];
    struct sk_ring_layout layout;
    struct sk_ring_producer p[LANES];
    struct sk_multi_ring_lane lanes[LANES];
    struct sk_multi_ring m;
} f __attribute__((aligned(64)));

static struct sk_ring_memory memory_of(uint32_t lane)
{
    return (struct sk_ring_memory){.queue = f.room[lane], .queue_size = sizeof(f.room[lane])};
}

static void open_lane(uint32_t lane, sk_notification wakeup, sk_notification space)
{
    struct sk_ring_memory memory = memory_of(lane);

    assert_int_equal(sk_ring_clear(&f.layout, &memory), SK_OK);
    assert_int_equal(sk_ring_producer_init(&f.p[lane], &f.layout, &memory, wakeup, space),
                     SK_OK);
    assert_int_equal(sk_multi_ring_open(&f.m, lane, &f.layout, &memory, space), SK_OK);
}

static void make(uint32_t count)
{
    f.layout = sk_ring_layout(count, 8);
    sk_multi_ring_init(&f.m, f.lanes, LANES, 8, NOBODY);
    for (uint32_t n = 0; n < LANES; n++) {
        open_lane(n, NOBODY, NOBODY);
    }
}

static void push(uint32_t lane, uint64_t word)
{
    assert_int_equal(sk_ring_push(&f.p[lane], &word), SK_OK);
}

static void expect(uint32_t lane, uint64_t word)
{
    uint64_t got = 0;
    uint32_t from = UINT32_MAX;

    assert_int_equal(sk_multi_ring_pop(&f.m, &got, &from), SK_OK);
    assert_int_equal(got, word);
    assert_int_equal(from, lane);
}

static void expect_none(sk_err e)
{
    uint64_t got = 1234;
    uint32_t from = 1234;

    assert_int_equal(sk_multi_ring_pop(&f.m, &got, &from), e);
    assert_int_equal(got, 1234);
    assert_int_equal(from, 1234);
}

/* Write an index that no producer has. */
static void spoil(uint32_t lane)
{
    *(uint32_t *)(f.room[lane] + TAIL) = 1u << 30;
}

static void lanes_are_served_in_turn(void **state)
{
    (void)state;
    make(4);
    expect_none(SK_ERR_NOT_READY);
    for (uint64_t n = 0; n < 4; n++) {
        push(0, n);
    }
    push(2, 20);
    push(2, 21);
    expect(0, 0);
    expect(2, 20);
    expect(0, 1);
    push(1, 10);
    expect(1, 10);
    expect(2, 21);
    expect(0, 2);
    expect(0, 3);
    expect_none(SK_ERR_NOT_READY);
}

static void a_full_lane_fills_no_other(void **state)
{
    uint64_t word = 1;

    (void)state;
    make(2);
    while (sk_ring_push(&f.p[0], &word) == SK_OK) {
    }
    push(1, 10);
    expect(0, 1);
    expect(1, 10);
    expect(0, 1);
    expect_none(SK_ERR_NOT_READY);
}

static void a_broken_lane_is_told_once_and_breaks_no_other(void **state)
{
    (void)state;
    make(4);
    push(1, 10);
    spoil(0);
    assert_true(sk_multi_ring_ask(&f.m));
    expect_none(SK_ERR_RANGE);
    assert_true(sk_multi_ring_is_broken(&f.m, 0));
    assert_false(sk_multi_ring_is_broken(&f.m, 1));
    expect(1, 10);
    expect_none(SK_ERR_NOT_READY);
    assert_false(sk_multi_ring_ask(&f.m)); /* who waits is not kept busy */
    push(2, 20);
    assert_true(sk_multi_ring_ask(&f.m));
    expect(2, 20);

    /* Somebody else comes. */
    open_lane(0, NOBODY, NOBODY);
    assert_false(sk_multi_ring_is_broken(&f.m, 0));
    push(0, 1);
    expect(0, 1);
}

static void who_has_gone_is_not_looked_at(void **state)
{
    (void)state;
    make(4);
    push(0, 1);
    push(1, 10);
    sk_multi_ring_close(&f.m, 0);
    memset(f.room[0], 0xa5, sizeof(f.room[0]));
    expect(1, 10);
    expect_none(SK_ERR_NOT_READY);
    assert_false(sk_multi_ring_is_broken(&f.m, 0));
    assert_false(sk_multi_ring_ask(&f.m));
    sk_multi_ring_init(&f.m, NULL, 0, 8, NOBODY);
    expect_none(SK_ERR_NOT_READY);
    assert_false(sk_multi_ring_ask(&f.m));
}

static void lanes_may_have_layouts_of_their_own(void **state)
{
    static char queue[1024] __attribute__((aligned(8)));
    const struct sk_ring_layout sddf = sk_sddf_net_layout(8);
    const struct sk_ring_layout ours = sk_ring_layout(8, 16);
    struct sk_ring_memory memories[2] = {{.queue = f.room[0], .queue_size = 512},
                                         {.queue = queue, .queue_size = sizeof(queue)}};
    uint64_t message[2] = {1, 2};
    uint32_t lane;

    (void)state;
    sk_multi_ring_init(&f.m, f.lanes, 2, 16, NOBODY);
    assert_int_equal(sk_ring_clear(&ours, &memories[0]), SK_OK);
    assert_int_equal(sk_multi_ring_open(&f.m, 0, &ours, &memories[0], NOBODY), SK_OK);
    assert_int_equal(sk_multi_ring_open(&f.m, 1, &sddf, &memories[1], NOBODY), SK_OK);
    assert_int_equal(sk_ring_producer_init(&f.p[1], &sddf, &memories[1], NOBODY, NOBODY),
                     SK_OK);
    assert_int_equal(sk_ring_push(&f.p[1], message), SK_OK);
    assert_int_equal(sk_multi_ring_pop(&f.m, message, &lane), SK_OK);
    assert_int_equal(lane, 1);
}

static void lanes_that_make_no_sense_are_not_opened(void **state)
{
    const struct sk_ring_layout other = sk_ring_layout(4, 16);
    struct sk_ring_memory memory;

    (void)state;
    make(4);
    push(2, 20);
    memory = memory_of(2);
    assert_int_equal(sk_multi_ring_open(&f.m, LANES, &f.layout, &memory, NOBODY), SK_ERR_RANGE);
    assert_int_equal(sk_multi_ring_open(&f.m, 2, &other, &memory, NOBODY),
                     SK_ERR_INVALID_ARGUMENT);
    memory.queue_size = 8;
    assert_int_equal(sk_multi_ring_open(&f.m, 2, &f.layout, &memory, NOBODY), SK_ERR_NO_MEMORY);
    memory = memory_of(1);
    spoil(1);
    assert_int_equal(sk_multi_ring_open(&f.m, 2, &f.layout, &memory, NOBODY), SK_ERR_RANGE);
    memset(f.room[1], 0, sizeof(f.room[1]));
    assert_int_equal(sk_multi_ring_open(&f.m, 2, &f.layout, &memory, NOBODY),
                     SK_ERR_ILLEGAL_OPERATION);
    memory.queue = f.room[1] + 4;
    assert_int_equal(sk_multi_ring_open(&f.m, 2, &f.layout, &memory, NOBODY), SK_ERR_ALIGNMENT);
    sk_multi_ring_close(&f.m, 1);
    expect(2, 20); /* it is open as it was */
}

static void each_producer_has_its_doorbell(void **state)
{
    uint64_t word = 1;
    sk_notification bell = NOBODY;

    (void)state;
    make(2);
    for (uint32_t n = 0; n < LANES; n++) {
        f.lanes[n].ring.end.doorbell = (sk_notification){100 + n};
    }
    while (sk_multi_ring_must_ring(&f.m, &bell)) {
        /* Whoever was here before us may not have rung. */
    }
    while (sk_ring_push(&f.p[2], &word) == SK_OK) {
    }
    assert_false(sk_ring_producer_ask(&f.p[2]));
    push(1, 10);
    expect(1, 10);
    expect(2, 1);
    assert_true(sk_multi_ring_must_ring(&f.m, &bell));
    assert_int_equal(bell.cptr, 102);
    assert_false(sk_multi_ring_must_ring(&f.m, &bell));
}

static void who_waits_has_rung(void **state)
{
    struct host_kernel k = host_kernel_boot();
    sk_notification messages = {host_kernel_make(&k, seL4_NotificationObject, 0)};
    sk_notification space = {host_kernel_make(&k, seL4_NotificationObject, 0)};
    uint64_t word = 1;

    (void)state;
    make(2);
    sk_multi_ring_init(&f.m, f.lanes, LANES, 8, messages);
    open_lane(0, messages, space);
    open_lane(1, messages, space);
    sk_multi_ring_ring(&f.m);
    seL4_Poll(space.cptr, NULL); /* a new producer may be asleep, and is rung once */
    while (sk_ring_push(&f.p[1], &word) == SK_OK) {
    }
    assert_false(sk_ring_producer_ask(&f.p[1]));
    expect(1, 1);
    expect(1, 1);
    sk_notification_signal(messages); /* so that this thread does not wait */
    sk_multi_ring_wait(&f.m);
    seL4_Wait(space.cptr, NULL); /* would be for ever */
    push(0, 2);
    sk_ring_producer_ring(&f.p[0]); /* all were asked */
    seL4_Wait(messages.cptr, NULL);
    sk_multi_ring_wait(&f.m); /* there is a message */
    expect(0, 2);
    host_kernel_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lanes_are_served_in_turn),
        cmocka_unit_test(a_full_lane_fills_no_other),
        cmocka_unit_test(a_broken_lane_is_told_once_and_breaks_no_other),
        cmocka_unit_test(who_has_gone_is_not_looked_at),
        cmocka_unit_test(lanes_may_have_layouts_of_their_own),
        cmocka_unit_test(lanes_that_make_no_sense_are_not_opened),
        cmocka_unit_test(each_producer_has_its_doorbell),
        cmocka_unit_test(who_waits_has_rung),
    };

    return cmocka_run_group_tests_name("proto/multi_ring", tests, NULL, NULL);
}
