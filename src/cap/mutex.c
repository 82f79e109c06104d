/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/mutex.h>

#include <selkie/cap/notification.h>

/*
 * Each unlock with somebody waiting signals once, and nobody unlocks again before that signal
 * was taken and whoever took it has the mutex: there is never a second one to be lost.
 */
void sk_mutex_wait(struct sk_mutex *m)
{
    (void)sk_notification_wait(m->notification);
    /* Acquire: pairs with the release of the unlock that signalled. */
    (void)__atomic_load_n(&m->users, __ATOMIC_ACQUIRE);
}

void sk_mutex_wake(struct sk_mutex *m)
{
    sk_notification_signal(m->notification);
}
