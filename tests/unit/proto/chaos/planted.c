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

void keep_to_oneself(struct sk_multi_ring_producer *p)
{
    uint32_t *flag = (uint32_t *)(p->end.memory + 68); /* docs/spec/ring.md */
    uint32_t *tail = (uint32_t *)(p->end.memory + 64);
    uint32_t n;

    __atomic_store_n(flag, 0, __ATOMIC_SEQ_CST);
    n = __atomic_load_n(tail, __ATOMIC_SEQ_CST);
    if ((int32_t)(__atomic_load_n(
                      (uint32_t *)(p->end.memory + 192 +
                                   (size_t)(n & (p->end.count - 1)) * p->end.stride),
                      __ATOMIC_SEQ_CST) -
                  n) < 0) {
        (void)sk_notification_wait(p->end.wakeup);
    }
}
