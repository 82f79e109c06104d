/* SPDX-License-Identifier: BSD-2-Clause */
#include "bench.h"

#include <stddef.h>
#include <stdint.h>

#include <selkie/base/assert.h>
#include <selkie/cap/notification.h>
#include <selkie/proto/multi_ring.h>
#include <selkie/proto/ring.h>
#include <selkie/rt/thread.h>

#define COUNT 64u
#define BATCH 16u
#define LANES 4u

struct message {
    uint64_t word[2];
};

static struct {
    struct sk_ring_producer p;
    struct sk_ring_consumer c;
    struct sk_ring_producer to; /* the other thread */
    struct sk_ring_consumer at;
    sk_notification done;
    struct sk_ring_producer many[LANES];
    struct sk_multi_ring_lane lanes[LANES];
    struct sk_multi_ring one;
    /* The raw one: what is written without a second thought. */
    struct message entries[COUNT];
    uint32_t head, tail;
    uint32_t wanted; /* messages that the other thread takes before it says so */
} it;

static _Alignas(64) char room[2 + LANES][4096];

/* Takes what comes, and says so whenever it has what was wanted. */
static void other(void *arg)
{
    struct message batch[BATCH];
    uint32_t taken = 0;
    uint32_t count;

    (void)arg;
    for (;;) {
        if (sk_ring_pop_some(&it.at, batch, BATCH, &count) != SK_OK) {
            sk_ring_consumer_wait(&it.at);
            continue;
        }
        taken += count;
        if (taken >= it.wanted) {
            taken -= it.wanted;
            sk_notification_signal(it.done);
        }
    }
}

static sk_err make_rings(sk_notification bell)
{
    const struct sk_ring_layout layout = sk_ring_layout(COUNT, sizeof(struct message));
    const struct sk_ring_memory mine = {.queue = room[0], .queue_size = sizeof(room[0])};
    const struct sk_ring_memory its = {.queue = room[1], .queue_size = sizeof(room[1])};
    const sk_notification none = {seL4_CapNull};

    SK_TRY(sk_ring_clear(&layout, &mine));
    SK_TRY(sk_ring_producer_init(&it.p, &layout, &mine, none, none));
    SK_TRY(sk_ring_consumer_init(&it.c, &layout, &mine, none, none));
    SK_TRY(sk_ring_clear(&layout, &its));
    SK_TRY(sk_ring_producer_init(&it.to, &layout, &its, bell, none));
    SK_TRY(sk_ring_consumer_init(&it.at, &layout, &its, none, bell));
    sk_multi_ring_init(&it.one, it.lanes, LANES, sizeof(struct message), none);
    for (uint32_t n = 0; n < LANES; n++) {
        const struct sk_ring_memory lane = {.queue = room[2 + n],
                                            .queue_size = sizeof(room[2 + n])};

        SK_TRY(sk_ring_clear(&layout, &lane));
        SK_TRY(sk_ring_producer_init(&it.many[n], &layout, &lane, none, none));
        SK_TRY(sk_multi_ring_open(&it.one, n, &layout, &lane, none));
    }
    return SK_OK;
}

sk_err rings_begin(struct sk_source *source)
{
    const struct sk_thread_options options = {.name = "other", .priority = 100};
    struct sk_thread *thread;
    sk_notification bell;

    SK_TRY(make_notification(source, &bell));
    SK_TRY(make_notification(source, &it.done));
    SK_TRY(make_rings(bell));
    return sk_thread_start(other, NULL, &options, &thread);
}

void ring_pair(unsigned count)
{
    struct message m = {{1, 2}};

    for (unsigned i = 0; i < count; i++) {
        sk_assert(sk_ring_push(&it.p, &m) == SK_OK);
        sk_assert(sk_ring_pop(&it.c, &m) == SK_OK);
    }
}

static __attribute__((noinline)) bool raw_push(const struct message *m)
{
    uint32_t tail = it.tail;

    if (tail - __atomic_load_n(&it.head, __ATOMIC_ACQUIRE) == COUNT) {
        return false;
    }
    it.entries[tail % COUNT] = *m;
    __atomic_store_n(&it.tail, tail + 1, __ATOMIC_RELEASE);
    return true;
}

static __attribute__((noinline)) bool raw_pop(struct message *ret_m)
{
    uint32_t head = it.head;

    if (__atomic_load_n(&it.tail, __ATOMIC_ACQUIRE) == head) {
        return false;
    }
    *ret_m = it.entries[head % COUNT];
    __atomic_store_n(&it.head, head + 1, __ATOMIC_RELEASE);
    return true;
}

void raw_pair(unsigned count)
{
    struct message m = {{1, 2}};

    for (unsigned i = 0; i < count; i++) {
        sk_assert(raw_push(&m));
        sk_assert(raw_pop(&m));
    }
}

void ring_batch(unsigned count)
{
    struct message m[BATCH] = {{{1, 2}}};
    uint32_t n;

    for (unsigned i = 0; i < count; i += BATCH) {
        sk_assert(sk_ring_push_some(&it.p, m, BATCH, &n) == SK_OK && n == BATCH);
        sk_assert(sk_ring_pop_some(&it.c, m, BATCH, &n) == SK_OK && n == BATCH);
    }
}

void multi_pair(unsigned count)
{
    struct message m = {{1, 2}};
    uint32_t lane;

    for (unsigned i = 0; i < count; i++) {
        sk_assert(sk_ring_push(&it.many[i % LANES], &m) == SK_OK);
        sk_assert(sk_multi_ring_pop(&it.one, &m, &lane) == SK_OK);
    }
}

static void send(unsigned count)
{
    const struct message m = {{1, 2}};

    it.wanted = count;
    for (unsigned i = 0; i < count; i++) {
        sk_assert(sk_ring_push(&it.to, &m) == SK_OK);
    }
    sk_ring_producer_ring(&it.to);
    (void)sk_notification_wait(it.done);
}

void woken_one(unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        send(1);
    }
}

void woken_batch(unsigned count)
{
    for (unsigned left = count; left > 0;) {
        unsigned batch = left < COUNT ? left : COUNT;

        send(batch);
        left -= batch;
    }
}
