/* SPDX-License-Identifier: BSD-2-Clause */
#include "crew.h"

#include <selkie/cap/notification.h>

#define LOWEST 1

static struct crew {
    struct scene *scene;
    sk_notification done;
    sk_notification never;
    sk_notification asked; /* of the one that runs when nobody else does, and the answer */
    sk_notification settled;
    unsigned size;
    struct member members[SCENE_THREADS];
} crew;

sk_notification crew_notification(void)
{
    return (sk_notification){scene_make(crew.scene, SK_BLUEPRINT(Notification))};
}

void crew_begin(struct scene *s)
{
    crew = (struct crew){.scene = s};
    crew.done = crew_notification();
    crew.never = crew_notification();
}

static void run(seL4_Word index)
{
    struct member *me = &crew.members[index];

    me->body(me);
    __atomic_store_n(&me->is_finished, true, __ATOMIC_RELEASE); /* pairs with the case's */
    sk_notification_signal(crew.done);
    for (;;) {
        (void)sk_notification_wait(crew.never);
    }
}

bool crew_add(void (*body)(struct member *me), seL4_Word priority)
{
    unsigned index = crew.size++;

    crew.members[index] =
        (struct member){.index = index, .notification = crew_notification(), .body = body};
    crew.members[index].tcb.cptr = scene_thread(crew.scene, run, index, priority, seL4_CapNull);
    return crew.members[index].tcb.cptr != seL4_CapNull;
}

sk_tcb crew_tcb(unsigned index)
{
    return crew.members[index].tcb;
}

static void answer(seL4_Word unused)
{
    (void)unused;
    for (;;) {
        (void)sk_notification_wait(crew.asked);
        sk_notification_signal(crew.settled);
    }
}

void crew_settle(void)
{
    if (crew.asked.cptr == seL4_CapNull) {
        crew.asked = crew_notification();
        crew.settled = crew_notification();
        (void)scene_thread(crew.scene, answer, 0, LOWEST, seL4_CapNull);
    }
    sk_notification_signal(crew.asked);
    (void)sk_notification_wait(crew.settled);
}

bool crew_is_finished(unsigned index)
{
    /* Acquire: pairs with the release in run(). */
    return __atomic_load_n(&crew.members[index].is_finished, __ATOMIC_ACQUIRE);
}

void crew_join(void)
{
    for (unsigned n = 0; n < crew.size; n++) {
        while (!crew_is_finished(n)) {
            (void)sk_notification_wait(crew.done);
        }
    }
}
