/* SPDX-License-Identifier: BSD-2-Clause */
#include "planted.h"

#include <selkie/cap/notification.h>

static uint32_t used(struct sk_ring_end *e, bool is_producer)
{
    uint32_t peer = __atomic_load_n((const uint32_t *)e->peer_index, __ATOMIC_SEQ_CST);

    return is_producer ? e->own - peer : peer - e->own;
}

void look_and_ask(struct sk_ring_end *e, bool is_producer)
{
    if (used(e, is_producer) == (is_producer ? e->count : 0)) {
        __atomic_store_n(e->own_flag, 0, __ATOMIC_SEQ_CST);
        (void)sk_notification_wait(e->wakeup);
    }
}

sk_err look_and_push(struct sk_ring_producer *p, const void *message)
{
    bool is_asked = __atomic_load_n(p->end.peer_flag, __ATOMIC_SEQ_CST) == 0;
    sk_err e;

    seL4_Yield(); /* so that one turn that is lost is enough */
    e = sk_ring_push(p, message);

    if (e == SK_OK && is_asked) {
        __atomic_store_n(p->end.peer_flag, 1, __ATOMIC_SEQ_CST);
        sk_notification_signal(p->end.doorbell);
    }
    p->end.is_news = false; /* rung, or not */
    return e;
}

void ask_the_next(struct sk_multi_ring *m)
{
    sk_multi_ring_ring(m);
    if (!sk_ring_consumer_ask(&m->lanes[m->next].ring)) {
        (void)sk_notification_wait(m->wakeup);
    }
}
