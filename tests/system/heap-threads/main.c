/*
 * Threads of different priorities use the heap at the same time, with nothing set up: no block
 * is given to two of them, and all come back. Their TLS is in the heap too.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <selkie/rt/heap.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>
#include <selkie/rt/thread.h>
#include <selkie/rt/tls.h>

#define THREADS 4
#define ROUNDS  3000
#define BLOCKS  16

static _Thread_local uint32_t seed;

static uint32_t next_random(void)
{
    seed = seed * 1664525 + 1013904223;
    return seed >> 8;
}

struct held {
    unsigned char *p;
    size_t size;
};

static void check(const struct held *held, unsigned char mark)
{
    for (size_t i = 0; i < held->size; i++) {
        sk_assert(held->p[i] == mark);
    }
}

static void work(void *arg)
{
    unsigned char mark = *(unsigned char *)arg;
    struct held held[BLOCKS] = {0};

    seed = mark;
    for (int round = 0; round < ROUNDS; round++) {
        struct held *h = &held[next_random() % BLOCKS];

        check(h, mark);
        free(h->p);
        h->size = next_random() % 2000;
        h->p = malloc(h->size);
        sk_assert(h->p != NULL);
        __builtin_memset(h->p, mark, h->size);
    }
    for (int i = 0; i < BLOCKS; i++) {
        check(&held[i], mark);
        free(held[i].p);
    }
}

SK_ROOT_TASK(bi)
{
    static unsigned char marks[THREADS] = {1, 2, 3, 4};
    struct sk_thread *threads[THREADS];
    void *tls[THREADS];
    struct sk_heap_stats stats;

    for (int i = 0; i < THREADS; i++) {
        tls[i] = malloc(sk_tls_size());
        /* A budget of a fifth, so that they take turns whatever their priorities are. */
        const struct sk_thread_options options = {
            .name = "heap user",
            .priority = (seL4_Word)(10 + i),
            .tls = tls[i],
            .budget_us = 1000,
            .period_us = 5000,
        };

        sk_assert(sk_thread_start(work, &marks[i], &options, &threads[i]) == SK_OK);
    }
    for (int i = 0; i < THREADS; i++) {
        sk_thread_join(threads[i], NULL);
        free(tls[i]);
    }
    sk_heap_check(&stats);
    sk_printf("%zu blocks are left, %zu bytes in use\n", stats.blocks, stats.used);
    return 0;
}
