/*
 * Rings whose memory somebody else writes to: at random between calls, and at any time from
 * another thread of Linux. The sanitizers see what leaves the memory, and an alarm what does
 * not end.
 *
 *     build/asan/tests/unit/proto/fuzz_test 1 1000       # seeds from, how many
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <selkie/proto/multi_ring.h>
#include <selkie/proto/ring.h>
#include <selkie/proto/sddf.h>

#include "check.h"

#define NOBODY  ((sk_notification){0})
#define SEEDS   300u
#define STEPS   2000u
#define SECONDS 60u
#define LARGEST 40u /* bytes of an entry */
#define AT_ONCE 70u /* entries */

static uint64_t first_seed = 1;
static uint64_t seed_count = SEEDS;
static unsigned bells; /* asked for or rung */

static uint64_t draw(uint64_t *random)
{
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random;
}

static struct sk_ring_layout draw_layout(uint64_t *random)
{
    uint32_t count = (uint32_t)1 << draw(random) % 7;

    switch (draw(random) % 5) {
    case 0:
        return sk_sddf_net_layout(count * 2);
    case 1:
        return sk_sddf_serial_layout(count);
    case 2:
        return sk_sddf_block_request_layout(count * 2);
    case 3:
        return sk_sddf_block_response_layout(count * 2);
    default:
        return sk_ring_layout(count, (uint32_t)(draw(random) % LARGEST + 1));
    }
}

/* Words that matter more often than others, with values that are often nearly right. */
static void damage(char *memory, size_t size, uint64_t *random)
{
    size_t at = draw(random) % 2 != 0 ? draw(random) % size : draw(random) % 200 % size;
    uint64_t value = draw(random) % 2 != 0 ? draw(random) : draw(random) % 20 - 10;

    at &= ~(size_t)3;
    for (size_t n = 0; n < 4 && at + n < size; n++) {
        ((volatile char *)memory)[at + n] = (char)(value >> n * 8);
    }
}

static void check_result(sk_err e)
{
    assert_true(e == SK_OK || e == SK_ERR_NOT_READY || e == SK_ERR_RANGE);
}

/* What may happen to a ring, to one of its ends. Returns how many messages moved. */
static uint32_t use(struct sk_ring_producer *p, struct sk_ring_consumer *c, uint64_t *random)
{
    static uint64_t messages[AT_ONCE * LARGEST / 8 + 1];
    uint32_t wanted = (uint32_t)(draw(random) % AT_ONCE);
    uint32_t count = 0;
    sk_err e;

    switch (draw(random) % 6) {
    case 0:
        check_result(sk_ring_push(p, messages));
        break;
    case 1:
        check_result(sk_ring_pop(c, messages));
        break;
    case 2:
        e = sk_ring_push_some(p, messages, wanted, &count);
        check_result(e);
        break;
    case 3:
        e = sk_ring_pop_some(c, messages, wanted, &count);
        check_result(e);
        break;
    case 4:
        bells += sk_ring_producer_ask(p);
        bells += sk_ring_consumer_must_ring(c);
        break;
    default:
        bells += sk_ring_consumer_ask(c);
        bells += sk_ring_producer_must_ring(p);
    }
    assert_true(count <= wanted);
    return count;
}

struct victim {
    struct sk_ring_layout layout;
    struct sk_ring_memory memory;
    struct sk_ring_producer p;
    struct sk_ring_consumer c;
};

static struct victim make_victim(uint64_t *random)
{
    struct victim v = {.layout = draw_layout(random)};
    bool has_entries = v.layout.entries != SK_RING_NOWHERE;

    /* Exactly so much, so that the address sanitizer sees the end. */
    v.memory.queue_size = sk_ring_queue_size(&v.layout, has_entries);
    v.memory.queue = malloc(v.memory.queue_size);
    if (!has_entries) {
        v.memory.entries_size = (size_t)v.layout.count * v.layout.size;
        v.memory.entries = malloc(v.memory.entries_size);
        memset(v.memory.entries, 0, v.memory.entries_size);
    }
    memset(v.memory.queue, 0, v.memory.queue_size);
    assert_int_equal(sk_ring_clear(&v.layout, &v.memory), SK_OK);
    assert_int_equal(sk_ring_producer_init(&v.p, &v.layout, &v.memory, NOBODY, NOBODY), SK_OK);
    assert_int_equal(sk_ring_consumer_init(&v.c, &v.layout, &v.memory, NOBODY, NOBODY), SK_OK);
    return v;
}

static void free_victim(struct victim *v)
{
    free(v->memory.entries);
    free(v->memory.queue);
}

/* May fail, as where an attacker got in before: with these errors, and no others. */
static void begin_again(struct victim *v)
{
    sk_err e = sk_ring_producer_init(&v->p, &v->layout, &v->memory, NOBODY, NOBODY);

    assert_true(e == SK_OK || e == SK_ERR_RANGE || e == SK_ERR_ILLEGAL_OPERATION);
    e = sk_ring_consumer_init(&v->c, &v->layout, &v->memory, NOBODY, NOBODY);
    assert_true(e == SK_OK || e == SK_ERR_RANGE || e == SK_ERR_ILLEGAL_OPERATION);
}

static void damage_does_no_harm(void **state)
{
    uint64_t moved = 0;

    (void)state;
    for (uint64_t seed = first_seed; seed < first_seed + seed_count; seed++) {
        uint64_t random = seed * 0x9e3779b97f4a7c15u;
        struct victim v = make_victim(&random);

        alarm(SECONDS);
        for (unsigned n = 0; n < STEPS; n++) {
            if (draw(&random) % 3 == 0) {
                damage(v.memory.queue, v.memory.queue_size, &random);
            }
            if (draw(&random) % 500 == 0) {
                begin_again(&v);
            }
            moved += use(&v.p, &v.c, &random);
        }
        free_victim(&v);
    }
    assert_true(moved > seed_count * 10); /* it was not errors only */
    assert_true(bells > seed_count);
}

#define LANES 3u

struct crowd {
    struct sk_ring_layout layouts[LANES];
    struct sk_ring_memory memories[LANES];
    struct sk_ring_producer p[LANES];
    struct sk_multi_ring_lane lanes[LANES];
    struct sk_multi_ring ring;
    uint64_t pushed[LANES];
    uint64_t popped[LANES];
};

static void open_lane(struct crowd *c, uint32_t n)
{
    assert_int_equal(sk_ring_clear(&c->layouts[n], &c->memories[n]), SK_OK);
    assert_int_equal(
        sk_ring_producer_init(&c->p[n], &c->layouts[n], &c->memories[n], NOBODY, NOBODY),
        SK_OK);
    assert_int_equal(sk_multi_ring_open(&c->ring, n, &c->layouts[n], &c->memories[n], NOBODY),
                     SK_OK);
    c->pushed[n] = c->popped[n] = 0;
}

/* Lane 0 is an attacker's. Nothing that it does is seen in the others. */
static void use_crowd(struct crowd *c, uint64_t *random)
{
    uint64_t message[LARGEST / 8 + 1] = {0};
    uint32_t n = (uint32_t)(draw(random) % LANES);
    uint32_t lane = UINT32_MAX;
    sk_notification bell;
    sk_err e;

    message[0] = c->pushed[n] & 0xff;
    e = sk_ring_push(&c->p[n], message);
    assert_true(e == SK_OK || e == SK_ERR_NOT_READY || (n == 0 && e == SK_ERR_RANGE));
    c->pushed[n] += e == SK_OK;

    e = sk_multi_ring_pop(&c->ring, message, &lane);
    check_result(e);
    if (e == SK_OK && lane != 0) {
        assert_true(lane < LANES);
        assert_int_equal(message[0] & 0xff, c->popped[lane]++ & 0xff);
    }
    if (e == SK_ERR_RANGE) {
        assert_true(sk_multi_ring_is_broken(&c->ring, 0));
        open_lane(c, 0);
    }
    assert_true(!sk_multi_ring_is_broken(&c->ring, 1) && !sk_multi_ring_is_broken(&c->ring, 2));
    bells += sk_multi_ring_ask(&c->ring);
    bells += sk_multi_ring_must_ring(&c->ring, &bell);
}

static void an_attacker_in_a_lane_harms_no_other(void **state)
{
    uint64_t popped = 0;

    (void)state;
    for (uint64_t seed = first_seed; seed < first_seed + seed_count; seed++) {
        uint64_t random = seed * 0x9e3779b97f4a7c15u;
        uint32_t size = (uint32_t)(draw(&random) % LARGEST + 1);
        struct crowd c;

        alarm(SECONDS);
        sk_multi_ring_init(&c.ring, c.lanes, LANES, size, NOBODY);
        for (uint32_t n = 0; n < LANES; n++) {
            c.layouts[n] = sk_ring_layout((uint32_t)1 << draw(&random) % 6, size);
            c.memories[n] =
                (struct sk_ring_memory){.queue_size = sk_ring_queue_size(&c.layouts[n], true)};
            c.memories[n].queue = malloc(c.memories[n].queue_size);
            open_lane(&c, n);
        }
        for (unsigned n = 0; n < STEPS; n++) {
            if (draw(&random) % 3 == 0) {
                damage(c.memories[0].queue, c.memories[0].queue_size, &random);
            }
            use_crowd(&c, &random);
        }
        popped += c.popped[1] + c.popped[2];
        for (uint32_t n = 0; n < LANES; n++) {
            free(c.memories[n].queue);
        }
    }
    assert_true(popped > seed_count * STEPS / 3);
}

/* One that writes without end, from another processor. */
struct attacker {
    char *memory;
    size_t size;
    uint64_t random;
    int is_over;
};

static void *attack(void *arg)
{
    struct attacker *a = arg;

    while (__atomic_load_n(&a->is_over, __ATOMIC_RELAXED) == 0) {
        damage(a->memory, a->size, &a->random);
    }
    return NULL;
}

static void an_attacker_at_the_same_time_does_no_harm(void **state)
{
    (void)state;
    for (uint64_t seed = first_seed; seed < first_seed + (seed_count + 9) / 10; seed++) {
        uint64_t random = seed * 0x9e3779b97f4a7c15u;
        struct victim v = make_victim(&random);
        struct attacker a = {v.memory.queue, v.memory.queue_size, seed, 0};
        pthread_t thread;

        alarm(SECONDS);
        assert_int_equal(pthread_create(&thread, NULL, attack, &a), 0);
        for (unsigned n = 0; n < STEPS * 10; n++) {
            (void)use(&v.p, &v.c, &random);
        }
        __atomic_store_n(&a.is_over, 1, __ATOMIC_RELAXED);
        pthread_join(thread, NULL);
        free_victim(&v);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damage_does_no_harm),
        cmocka_unit_test(an_attacker_in_a_lane_harms_no_other),
        cmocka_unit_test(an_attacker_at_the_same_time_does_no_harm),
    };

    first_seed = argc > 1 ? strtoull(argv[1], NULL, 0) : first_seed;
    seed_count = argc > 2 ? strtoull(argv[2], NULL, 0) : seed_count;
    return cmocka_run_group_tests_name("proto/fuzz", tests, NULL, NULL);
}
