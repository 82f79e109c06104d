/* SPDX-License-Identifier: BSD-2-Clause */
#include "stand.h"

#include <selkie/cap/notification.h>

static uint64_t now(struct sk_clock *self)
{
    return ((struct stand_clock *)self)->time;
}

static void ring_if_over(struct stand_clock *c)
{
    if (c->timeout <= c->time) {
        c->timeout = SK_CLOCK_NEVER;
        sk_notification_signal(c->bell);
    }
}

static void set_timeout(struct sk_clock *self, uint64_t when)
{
    struct stand_clock *c = (struct stand_clock *)self;

    c->timeout = when;
    c->told++;
    ring_if_over(c);
}

void stand_set_time(struct stand *st, uint64_t time)
{
    st->clock.time = time;
    ring_if_over(&st->clock);
}

static seL4_CPtr mint(struct stand *st, seL4_CPtr from, seL4_Word badge)
{
    struct scene *s = st->scene;
    seL4_CPtr to = s->next_slot++;

    return seL4_CNode_Mint(s->cnode, to, seL4_WordBits, s->cnode, from, seL4_WordBits,
                           seL4_AllRights, badge) == seL4_NoError
               ? to
               : seL4_CapNull;
}

sk_notification stand_bell(struct stand *st, seL4_Word badge)
{
    return (sk_notification){mint(st, st->notification.cptr, badge)};
}

sk_endpoint stand_door(struct stand *st, seL4_Word badge)
{
    return (sk_endpoint){mint(st, st->endpoint.cptr, badge)};
}

bool stand_init(struct stand *st, struct scene *s, bool has_endpoint)
{
    *st = (struct stand){.scene = s, .clock = {.clock = {now, set_timeout}}};
    st->clock.timeout = SK_CLOCK_NEVER;
    st->notification.cptr = scene_make(s, SK_BLUEPRINT(Notification));
    if (has_endpoint) {
        st->endpoint.cptr = scene_make(s, SK_BLUEPRINT(Endpoint));
        st->caller = scene_caller(s);
        if (seL4_TCB_BindNotification(s->tcb, st->notification.cptr) != seL4_NoError) {
            return false;
        }
    }
    st->clock.bell = stand_bell(st, BELL_CLOCK);
    sk_event_loop_init(&st->loop, &(struct sk_event_loop_options){
                                      .notification = st->notification,
                                      .endpoint = st->endpoint,
                                      .caller = has_endpoint ? &st->caller : NULL,
                                      .clock = &st->clock.clock,
                                  });
    return st->clock.bell.cptr != seL4_CapNull;
}

void stand_fini(struct stand *st)
{
    sk_event_loop_flush(&st->loop);
    (void)seL4_TCB_UnbindNotification(st->scene->tcb);
}

void stand_listen(struct sk_event_source *self, seL4_Word badges)
{
    struct stand_listener *it = (struct stand_listener *)self;

    it->calls++;
    it->heard |= badges;
}
