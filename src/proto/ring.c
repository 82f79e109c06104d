/* SPDX-License-Identifier: BSD-2-Clause */
#include "ring.h"

#include <selkie/cap/notification.h>

#include "shared.h"

/*
 * Both ends are the same but for their side of the indices: the producer has count - used
 * entries to fill, and the consumer has used entries to empty. used is the producer's index
 * minus the consumer's.
 */
enum side { PRODUCER, CONSUMER };

static inline uint32_t index_size(const struct sk_ring_end *e)
{
    return e->index_mask == UINT16_MAX ? 2 : 4;
}

static inline uint32_t used(const struct sk_ring_end *e, enum side side)
{
    return (side == PRODUCER ? e->own - e->peer : e->peer - e->own) & e->index_mask;
}

/* How many entries this end may use now, as far as it knows. Never more than count. */
static inline uint32_t room(const struct sk_ring_end *e, enum side side)
{
    uint32_t u = used(e, side);

    if (side == CONSUMER) {
        return u;
    }
    return u < e->capacity ? e->capacity - u : 0;
}

/* Look where the peer is; the one place that believes something of it, after a check. */
static inline sk_err look(struct sk_ring_end *e, enum side side)
{
    uint32_t before = e->peer;

    e->peer = ring_load_index(e->peer_index, index_size(e));
    if (used(e, side) > e->count) {
        e->peer = before;
        return SK_ERR_RANGE;
    }
    return SK_OK;
}

/* Is there room for wanted entries, or if not, for how many? */
static inline sk_err find(struct sk_ring_end *e, enum side side, uint32_t wanted,
                          uint32_t *ret_found)
{
    uint32_t found = room(e, side);

    if (found < wanted) {
        SK_TRY(look(e, side));
        found = room(e, side);
        if (found == 0) {
            return SK_ERR_NOT_READY;
        }
    }
    *ret_found = found < wanted ? found : wanted;
    return SK_OK;
}

static inline char *entry(const struct sk_ring_end *e, uint32_t index)
{
    return e->entries + (size_t)(index & (e->count - 1)) * e->size;
}

/* How many of so many entries lie in front of the end of the memory. */
static inline uint32_t in_front(const struct sk_ring_end *e, uint32_t count)
{
    uint32_t left = e->count - (e->own & (e->count - 1));

    return count < left ? count : left;
}

static inline void advance(struct sk_ring_end *e, uint32_t count)
{
    e->own = (e->own + count) & e->index_mask;
    ring_store_index(e->own_index, index_size(e), e->own);
    e->is_news = true;
}

static bool must_ring(struct sk_ring_end *e)
{
    if (!e->is_news) {
        return false;
    }
    e->is_news = false;
    if (e->peer_flag == NULL) {
        return true;
    }
    /*
     * Our index, then the peer's flag; the peer writes its flag, then reads our index. One of
     * us sees the other. Pairs with the fence in ask().
     */
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (__atomic_load_n(e->peer_flag, __ATOMIC_RELAXED) != 0) {
        return false;
    }
    /* Before the signal, which orders it for whoever it wakes. */
    __atomic_store_n(e->peer_flag, 1, __ATOMIC_RELAXED);
    return true;
}

static bool ask(struct sk_ring_end *e, enum side side)
{
    if (e->own_flag != NULL) {
        __atomic_store_n(e->own_flag, 0, __ATOMIC_RELAXED);
        /* Pairs with the fence in must_ring(). */
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
    }
    if (look(e, side) == SK_OK && room(e, side) == 0) {
        return false;
    }
    if (e->own_flag != NULL) {
        __atomic_store_n(e->own_flag, 1, __ATOMIC_RELAXED);
    }
    return true;
}

static void ring(struct sk_ring_end *e)
{
    if (must_ring(e)) {
        sk_notification_signal(e->doorbell);
    }
}

static void wait(struct sk_ring_end *e, enum side side)
{
    /* Who sleeps without having told of what it did may be what the peer waits for. */
    ring(e);
    if (!ask(e, side)) {
        (void)sk_notification_wait(e->wakeup);
    }
}

/* --- beginning */

static uint32_t *flag_at(const struct sk_ring_memory *memory, uint32_t offset)
{
    return offset == SK_RING_NOWHERE ? NULL : (uint32_t *)((char *)memory->queue + offset);
}

static sk_err init(struct sk_ring_end *ret_end, enum side side,
                   const struct sk_ring_layout *layout, const struct sk_ring_memory *memory,
                   sk_notification doorbell, sk_notification wakeup)
{
    char *queue = memory->queue;
    struct sk_ring_end e;

    SK_TRY(sk_ring_check(layout, memory));
    if (!sk_ring_has_format(layout, memory)) {
        return SK_ERR_ILLEGAL_OPERATION;
    }
    e = (struct sk_ring_end){
        .own_index = queue + (side == PRODUCER ? layout->tail : layout->head),
        .peer_index = queue + (side == PRODUCER ? layout->head : layout->tail),
        .own_flag = flag_at(memory, side == PRODUCER ? layout->producer_signalled
                                                     : layout->consumer_signalled),
        .peer_flag = flag_at(memory, side == PRODUCER ? layout->consumer_signalled
                                                      : layout->producer_signalled),
        .entries = memory->entries != NULL ? memory->entries : queue + layout->entries,
        .count = layout->count,
        .capacity = layout->count - layout->spare,
        .size = layout->size,
        .index_mask = layout->index_size == 2 ? UINT16_MAX : UINT32_MAX,
        .doorbell = doorbell,
        .wakeup = wakeup,
        .is_news = true, /* whoever was here before us may not have rung */
    };
    e.unit = shared_unit((uintptr_t)e.entries, e.size);
    e.own = ring_load_index(e.own_index, layout->index_size);
    e.peer = e.own;
    SK_TRY(look(&e, side));
    *ret_end = e;
    return SK_OK;
}

/* --- the producer */

sk_err sk_ring_producer_init(struct sk_ring_producer *p, const struct sk_ring_layout *layout,
                             const struct sk_ring_memory *memory, sk_notification doorbell,
                             sk_notification wakeup)
{
    return init(&p->end, PRODUCER, layout, memory, doorbell, wakeup);
}

sk_err sk_ring_push(struct sk_ring_producer *p, const void *message)
{
    struct sk_ring_end *e = &p->end;
    uint32_t found;

    SK_TRY(find(e, PRODUCER, 1, &found));
    shared_write(entry(e, e->own), message, e->size, e->unit);
    advance(e, 1);
    return SK_OK;
}

sk_err sk_ring_push_some(struct sk_ring_producer *p, const void *messages, uint32_t count,
                         uint32_t *ret_count)
{
    struct sk_ring_end *e = &p->end;
    uint32_t found;
    uint32_t first;

    SK_TRY(find(e, PRODUCER, count, &found));
    first = in_front(e, found);
    shared_write(entry(e, e->own), messages, (size_t)first * e->size, e->unit);
    shared_write(e->entries, (const char *)messages + (size_t)first * e->size,
                 (size_t)(found - first) * e->size, e->unit);
    advance(e, found);
    *ret_count = found;
    return SK_OK;
}

bool sk_ring_producer_must_ring(struct sk_ring_producer *p)
{
    return must_ring(&p->end);
}

void sk_ring_producer_ring(struct sk_ring_producer *p)
{
    ring(&p->end);
}

bool sk_ring_producer_ask(struct sk_ring_producer *p)
{
    return ask(&p->end, PRODUCER);
}

void sk_ring_producer_wait(struct sk_ring_producer *p)
{
    wait(&p->end, PRODUCER);
}

/* --- the consumer */

sk_err sk_ring_consumer_init(struct sk_ring_consumer *c, const struct sk_ring_layout *layout,
                             const struct sk_ring_memory *memory, sk_notification doorbell,
                             sk_notification wakeup)
{
    return init(&c->end, CONSUMER, layout, memory, doorbell, wakeup);
}

sk_err sk_ring_pop(struct sk_ring_consumer *c, void *ret_message)
{
    struct sk_ring_end *e = &c->end;
    uint32_t found;

    SK_TRY(find(e, CONSUMER, 1, &found));
    shared_read(ret_message, entry(e, e->own), e->size, e->unit);
    advance(e, 1);
    return SK_OK;
}

sk_err sk_ring_pop_some(struct sk_ring_consumer *c, void *ret_messages, uint32_t count,
                        uint32_t *ret_count)
{
    struct sk_ring_end *e = &c->end;
    uint32_t found;
    uint32_t first;

    SK_TRY(find(e, CONSUMER, count, &found));
    first = in_front(e, found);
    shared_read(ret_messages, entry(e, e->own), (size_t)first * e->size, e->unit);
    shared_read((char *)ret_messages + (size_t)first * e->size, e->entries,
                (size_t)(found - first) * e->size, e->unit);
    advance(e, found);
    *ret_count = found;
    return SK_OK;
}

bool sk_ring_consumer_must_ring(struct sk_ring_consumer *c)
{
    return must_ring(&c->end);
}

void sk_ring_consumer_ring(struct sk_ring_consumer *c)
{
    ring(&c->end);
}

bool sk_ring_consumer_ask(struct sk_ring_consumer *c)
{
    return ask(&c->end, CONSUMER);
}

void sk_ring_consumer_wait(struct sk_ring_consumer *c)
{
    wait(&c->end, CONSUMER);
}
