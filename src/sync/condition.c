/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/sync/condition.h>

#include <stdbool.h>

#include <selkie/cap/notification.h>

/* The list of them belongs to who holds the mutex. */
struct sk_condition_waiter {
    struct sk_condition_waiter *next;
    sk_notification notification;
    bool is_woken;
};

/* Two that wait at one notification would take each other's signals. */
static void require_own(const struct sk_condition *c, sk_notification mine)
{
    for (const struct sk_condition_waiter *w = c->first; w != NULL; w = w->next) {
        sk_require(w->notification.cptr != mine.cptr);
    }
}

static void append(struct sk_condition *c, struct sk_condition_waiter *w)
{
    if (c->first == NULL) {
        c->first = w;
    } else {
        c->last->next = w;
    }
    c->last = w;
}

void sk_condition_wait(struct sk_condition *c, sk_mutex_guard *guard, sk_notification mine)
{
    struct sk_condition_waiter self = {.notification = mine};

    sk_own_check(guard);
    sk_require(c->first == NULL || c->mutex == guard->mutex);
    require_own(c, mine);
    c->mutex = guard->mutex;
    append(c, &self);

    struct sk_mutex *mutex = SK_MOVE(*guard).mutex;
    sk_mutex_unlock(mutex);
    do {
        (void)sk_notification_wait(mine);
        /* Acquire: pairs with the release in wake(). */
    } while (!__atomic_load_n(&self.is_woken, __ATOMIC_ACQUIRE));
    sk_mutex_lock(mutex);
    *guard = (sk_mutex_guard){mutex};
}

/* w is no longer in the list. */
static void wake(struct sk_condition_waiter *w)
{
    sk_notification notification = w->notification;

    /* Release: pairs with the acquire of the wait. From here on w may be gone. */
    __atomic_store_n(&w->is_woken, true, __ATOMIC_RELEASE);
    sk_notification_signal(notification);
}

void sk_condition_wake_first(struct sk_condition *c, const struct sk_mutex *mutex)
{
    struct sk_condition_waiter *w = c->first;

    sk_require(c->mutex == mutex);
    c->first = w->next;
    wake(w);
}

void sk_condition_wake_each(struct sk_condition *c, const struct sk_mutex *mutex)
{
    struct sk_condition_waiter *w = c->first;

    sk_require(c->mutex == mutex);
    c->first = NULL;
    while (w != NULL) {
        struct sk_condition_waiter *next = w->next;

        wake(w);
        w = next;
    }
}
