/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/multi_ring.h>

#include <selkie/cap/notification.h>

#include "shared.h"

/* A mark and a version: "SKM1". Behind it are count and size. */
#define FORMAT 0x314d4b53u

/* Where things are in the memory. Each is a word of 32 bits. */
enum place {
    AT_FORMAT = 0,
    AT_COUNT = 4,
    AT_SIZE = 8,
    AT_TAIL = 64,               /* the next entry to be filled; the producers' */
    AT_PRODUCER_SIGNALLED = 68, /* 0: a producer waits */
    AT_SLEEPERS = 72,           /* producers that wait, or are about to */
    AT_CONSUMER_SIGNALLED = 128,
    AT_ENTRIES = 192,
    ENTRY_HEADER = 8, /* the entry's turn, and nothing */
};

/*
 * An entry's turn says whose it is: for the nth message, counted from 0 without end, it is n
 * while the entry is free, n + 1 when the message is there, and n + count when it was popped.
 */

static uint32_t *word(const struct sk_multi_ring_end *e, uint32_t place)
{
    return (uint32_t *)(e->memory + place);
}

static inline char *entry(const struct sk_multi_ring_end *e, uint32_t n)
{
    return e->memory + AT_ENTRIES + (size_t)(n & (e->count - 1)) * e->stride;
}

static inline uint32_t *turn_of(char *at)
{
    return (uint32_t *)at;
}

static uint32_t stride_of(uint32_t size)
{
    return ENTRY_HEADER + ((size + 7) & ~(uint32_t)7);
}

size_t sk_multi_ring_memory_size(uint32_t count, uint32_t size)
{
    return AT_ENTRIES + (size_t)count * (ENTRY_HEADER + (((size_t)size + 7) & ~(size_t)7));
}

static sk_err check(uint32_t count, uint32_t size, const struct sk_multi_ring_memory *memory)
{
    /* With one entry, n + 1 and n + count would be the same. */
    if (count < 2 || count > SK_MULTI_RING_COUNT_MAX || (count & (count - 1)) != 0 ||
        size == 0 || size > SK_MULTI_RING_SIZE_MAX) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    if ((uintptr_t)memory->memory % 8 != 0) {
        return SK_ERR_ALIGNMENT;
    }
    return memory->size < sk_multi_ring_memory_size(count, size) ? SK_ERR_NO_MEMORY : SK_OK;
}

static void store(const struct sk_multi_ring_end *e, uint32_t place, uint32_t value)
{
    /* Relaxed: others are told of the memory later. */
    __atomic_store_n(word(e, place), value, __ATOMIC_RELAXED);
}

static uint32_t load(const struct sk_multi_ring_end *e, uint32_t place)
{
    /* Relaxed: what is read so is a hint, or as it was when we were told of the memory. */
    return __atomic_load_n(word(e, place), __ATOMIC_RELAXED);
}

sk_err sk_multi_ring_clear(uint32_t count, uint32_t size,
                           const struct sk_multi_ring_memory *memory)
{
    struct sk_multi_ring_end e = {
        .memory = memory->memory,
        .count = count,
        .size = size,
        .stride = stride_of(size),
    };

    SK_TRY(check(count, size, memory));
    for (uint32_t n = 0; n < count; n++) {
        __atomic_store_n(turn_of(entry(&e, n)), n, __ATOMIC_RELAXED);
    }
    store(&e, AT_TAIL, 0);
    store(&e, AT_PRODUCER_SIGNALLED, 0);
    store(&e, AT_SLEEPERS, 0);
    store(&e, AT_CONSUMER_SIGNALLED, 0);
    store(&e, AT_COUNT, count);
    store(&e, AT_SIZE, size);
    store(&e, AT_FORMAT, FORMAT);
    return SK_OK;
}

static sk_err init(struct sk_multi_ring_end *ret_end, uint32_t count, uint32_t size,
                   const struct sk_multi_ring_memory *memory, sk_notification doorbell,
                   sk_notification wakeup)
{
    struct sk_multi_ring_end e = {
        .memory = memory->memory,
        .count = count,
        .size = size,
        .stride = stride_of(size),
        .is_news = true, /* whoever was here before us may not have rung */
        .doorbell = doorbell,
        .wakeup = wakeup,
    };

    SK_TRY(check(count, size, memory));
    if (load(&e, AT_FORMAT) != FORMAT || load(&e, AT_COUNT) != count ||
        load(&e, AT_SIZE) != size) {
        return SK_ERR_ILLEGAL_OPERATION;
    }
    *ret_end = e;
    return SK_OK;
}

static bool must_ring(struct sk_multi_ring_end *e, uint32_t flag)
{
    if (!e->is_news) {
        return false;
    }
    e->is_news = false;
    /* What we did, then the flag: pairs with the fences of those that ask. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (load(e, flag) != 0) {
        return false;
    }
    store(e, flag, 1); /* before the signal, which orders it for whoever it wakes */
    return true;
}

/* --- producers */

sk_err sk_multi_ring_producer_init(struct sk_multi_ring_producer *p, uint32_t count,
                                   uint32_t size, const struct sk_multi_ring_memory *memory,
                                   sk_notification doorbell, sk_notification wakeup)
{
    return init(&p->end, count, size, memory, doorbell, wakeup);
}

/* Claim entry *ret_n. */
static sk_err claim(const struct sk_multi_ring_end *e, uint32_t *ret_n)
{
    uint32_t n = load(e, AT_TAIL);

    for (unsigned tries = 0; tries < SK_MULTI_RING_TRIES; tries++) {
        /* Acquire: pairs with the consumer's release of the entry. */
        uint32_t turn = __atomic_load_n(turn_of(entry(e, n)), __ATOMIC_ACQUIRE);

        if ((int32_t)(turn - n) < 0) {
            return SK_ERR_NOT_READY;
        }
        /* Relaxed: the entry's turn orders everything. If it fails, n is the tail as it is. */
        if (turn == n && __atomic_compare_exchange_n(word(e, AT_TAIL), &n, n + 1, false,
                                                     __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
            *ret_n = n;
            return SK_OK;
        }
        if (turn != n) {
            n = load(e, AT_TAIL);
        }
    }
    return SK_ERR_NOT_READY;
}

sk_err sk_multi_ring_push(struct sk_multi_ring_producer *p, const void *message)
{
    struct sk_multi_ring_end *e = &p->end;
    uint32_t words = e->size & ~(uint32_t)7;
    uint32_t n;
    char *at;

    SK_TRY(claim(e, &n));
    at = entry(e, n);
    shared_write(at + ENTRY_HEADER, message, words, 8);
    shared_write(at + ENTRY_HEADER + words, (const char *)message + words, e->size - words, 1);
    /* Release: pairs with the consumer's acquire. */
    __atomic_store_n(turn_of(at), n + 1, __ATOMIC_RELEASE);
    e->is_news = true;
    return SK_OK;
}

bool sk_multi_ring_producer_must_ring(struct sk_multi_ring_producer *p)
{
    return must_ring(&p->end, AT_CONSUMER_SIGNALLED);
}

void sk_multi_ring_producer_ring(struct sk_multi_ring_producer *p)
{
    if (sk_multi_ring_producer_must_ring(p)) {
        sk_notification_signal(p->end.doorbell);
    }
}

/* Ask to be rung for room; is there some? */
static bool ask_for_room(const struct sk_multi_ring_end *e)
{
    uint32_t n;

    store(e, AT_PRODUCER_SIGNALLED, 0);
    /* Pairs with the fence in must_ring(). The flag stays: others may have asked as well. */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    n = load(e, AT_TAIL);
    return (int32_t)(__atomic_load_n(turn_of(entry(e, n)), __ATOMIC_RELAXED) - n) >= 0;
}

void sk_multi_ring_producer_wait(struct sk_multi_ring_producer *p)
{
    struct sk_multi_ring_end *e = &p->end;
    uint32_t others;

    sk_multi_ring_producer_ring(p);
    /* Before asking, so that who is woken because of us sees us. */
    __atomic_fetch_add(word(e, AT_SLEEPERS), 1, __ATOMIC_RELAXED);
    if (ask_for_room(e)) {
        __atomic_fetch_sub(word(e, AT_SLEEPERS), 1, __ATOMIC_RELAXED);
        return;
    }
    (void)sk_notification_wait(e->wakeup);
    others = __atomic_fetch_sub(word(e, AT_SLEEPERS), 1, __ATOMIC_RELAXED) - 1;
    /* The signal was for all that wait: pass it on, or ask on their behalf. */
    if (others != 0 && ask_for_room(e)) {
        sk_notification_signal(e->wakeup);
    }
}

/* --- the consumer */

sk_err sk_multi_ring_consumer_init(struct sk_multi_ring_consumer *c, uint32_t count,
                                   uint32_t size, const struct sk_multi_ring_memory *memory,
                                   sk_notification doorbell, sk_notification wakeup)
{
    SK_TRY(init(&c->end, count, size, memory, doorbell, wakeup));
    c->head = 0;
    return SK_OK;
}

/* Acquire: pairs with the producer's release of the message. */
static uint32_t first_turn(const struct sk_multi_ring_consumer *c)
{
    return __atomic_load_n(turn_of(entry(&c->end, c->head)), __ATOMIC_ACQUIRE);
}

sk_err sk_multi_ring_pop(struct sk_multi_ring_consumer *c, void *ret_message)
{
    struct sk_multi_ring_end *e = &c->end;
    uint32_t words = e->size & ~(uint32_t)7;
    uint32_t turn = first_turn(c);
    char *at = entry(e, c->head);

    if (turn != c->head + 1) {
        return turn == c->head ? SK_ERR_NOT_READY : SK_ERR_RANGE;
    }
    shared_read(ret_message, at + ENTRY_HEADER, words, 8);
    shared_read((char *)ret_message + words, at + ENTRY_HEADER + words, e->size - words, 1);
    /* Release: pairs with the acquire of the producer that fills it next. */
    __atomic_store_n(turn_of(at), c->head + e->count, __ATOMIC_RELEASE);
    c->head++;
    e->is_news = true;
    return SK_OK;
}

bool sk_multi_ring_consumer_must_ring(struct sk_multi_ring_consumer *c)
{
    return must_ring(&c->end, AT_PRODUCER_SIGNALLED);
}

void sk_multi_ring_consumer_ring(struct sk_multi_ring_consumer *c)
{
    if (sk_multi_ring_consumer_must_ring(c)) {
        sk_notification_signal(c->end.doorbell);
    }
}

bool sk_multi_ring_consumer_ask(struct sk_multi_ring_consumer *c)
{
    store(&c->end, AT_CONSUMER_SIGNALLED, 0);
    /* Pairs with the fence in must_ring(). */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (first_turn(c) == c->head) {
        return false;
    }
    store(&c->end, AT_CONSUMER_SIGNALLED, 1);
    return true;
}

void sk_multi_ring_consumer_wait(struct sk_multi_ring_consumer *c)
{
    sk_multi_ring_consumer_ring(c);
    if (!sk_multi_ring_consumer_ask(c)) {
        (void)sk_notification_wait(c->end.wakeup);
    }
}
