/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/proto/multi_ring.h>

#include <selkie/base/assert.h>
#include <selkie/cap/notification.h>

void sk_multi_ring_init(struct sk_multi_ring *m, struct sk_multi_ring_lane lanes[],
                        uint32_t count, uint32_t size, sk_notification wakeup)
{
    *m = (struct sk_multi_ring){
        .lanes = lanes,
        .count = count,
        .size = size,
        .wakeup = wakeup,
    };
    for (uint32_t n = 0; n < count; n++) {
        lanes[n] = (struct sk_multi_ring_lane){.is_open = false};
    }
}

sk_err sk_multi_ring_open(struct sk_multi_ring *m, uint32_t lane,
                          const struct sk_ring_layout *layout,
                          const struct sk_ring_memory *memory, sk_notification doorbell)
{
    struct sk_multi_ring_lane opened = {.is_open = true};

    if (lane >= m->count) {
        return SK_ERR_RANGE;
    }
    if (layout->size != m->size) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    SK_TRY(sk_ring_consumer_init(&opened.ring, layout, memory, doorbell,
                                 (sk_notification){seL4_CapNull}));
    m->lanes[lane] = opened;
    return SK_OK;
}

void sk_multi_ring_close(struct sk_multi_ring *m, uint32_t lane)
{
    sk_require(lane < m->count);
    m->lanes[lane] = (struct sk_multi_ring_lane){.is_open = false};
}

bool sk_multi_ring_is_broken(const struct sk_multi_ring *m, uint32_t lane)
{
    sk_require(lane < m->count);
    return m->lanes[lane].is_broken;
}

static bool is_heard(const struct sk_multi_ring_lane *lane)
{
    return lane->is_open && !lane->is_broken;
}

static uint32_t behind(const struct sk_multi_ring *m, uint32_t lane)
{
    return lane + 1 < m->count ? lane + 1 : 0;
}

sk_err sk_multi_ring_pop(struct sk_multi_ring *m, void *ret_message, uint32_t *ret_lane)
{
    uint32_t n = m->next;

    for (uint32_t tries = 0; tries < m->count; tries++, n = behind(m, n)) {
        struct sk_multi_ring_lane *lane = &m->lanes[n];
        sk_err e = is_heard(lane) ? sk_ring_pop(&lane->ring, ret_message) : SK_ERR_NOT_READY;

        if (e != SK_ERR_NOT_READY) {
            m->next = behind(m, n);
            lane->is_broken = e != SK_OK;
            SK_TRY(e);
            *ret_lane = n;
            return SK_OK;
        }
    }
    return SK_ERR_NOT_READY;
}

bool sk_multi_ring_must_ring(struct sk_multi_ring *m, sk_notification *ret_doorbell)
{
    for (uint32_t n = 0; n < m->count; n++) {
        struct sk_multi_ring_lane *lane = &m->lanes[n];

        if (lane->is_open && sk_ring_consumer_must_ring(&lane->ring)) {
            *ret_doorbell = lane->ring.end.doorbell;
            return true;
        }
    }
    return false;
}

void sk_multi_ring_ring(struct sk_multi_ring *m)
{
    for (uint32_t n = 0; n < m->count; n++) {
        if (m->lanes[n].is_open) {
            sk_ring_consumer_ring(&m->lanes[n].ring);
        }
    }
}

bool sk_multi_ring_ask(struct sk_multi_ring *m)
{
    for (uint32_t n = 0; n < m->count; n++) {
        if (is_heard(&m->lanes[n]) && sk_ring_consumer_ask(&m->lanes[n].ring)) {
            return true; /* Those in front of it may ring in vain. */
        }
    }
    return false;
}

void sk_multi_ring_wait(struct sk_multi_ring *m)
{
    /* Who sleeps without having told of what was popped may be what a producer waits for. */
    sk_multi_ring_ring(m);
    if (!sk_multi_ring_ask(m)) {
        (void)sk_notification_wait(m->wakeup);
    }
}
