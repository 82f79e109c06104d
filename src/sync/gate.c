/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/sync/gate.h>

#include <stdbool.h>

#include <selkie/cap/notification.h>

/* Take a pass if there is one; ret_left is how many others there were. */
static bool take(unsigned *passes, unsigned *ret_left)
{
    unsigned seen = __atomic_load_n(passes, __ATOMIC_RELAXED);

    /* Acquire: pairs with the release in sk_gate_open_at(). */
    while (seen != 0 && !__atomic_compare_exchange_n(passes, &seen, seen - 1, false,
                                                     __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
    }
    *ret_left = seen - 1;
    return seen != 0;
}

/*
 * While there are passes, the notification is signalled, or a thread that has just woken, or is
 * just opening the gate, is going to signal it. So nobody sleeps beside a pass. A signal
 * without a pass is what remains where somebody was faster: who gets it waits again.
 */
void sk_gate_wait_at(sk_notification notification, unsigned *passes)
{
    unsigned left;

    do {
        (void)sk_notification_wait(notification);
    } while (!take(passes, &left));
    if (left != 0) {
        sk_notification_signal(notification);
    }
}

void sk_gate_open_at(sk_notification notification, unsigned *passes, unsigned count)
{
    /* Release: what was done before is seen by those that are let through. */
    (void)__atomic_fetch_add(passes, count, __ATOMIC_RELEASE);
    sk_notification_signal(notification);
}
