/* SPDX-License-Identifier: BSD-2-Clause */
#include "lock.h"

#include <stdbool.h>
#include <stddef.h>

#include <selkie/cap/source.h>
#include <selkie/rt/env.h>

/* Only where the program is linked with the ledger: what a lock has it keeps. */
__attribute__((weak)) void sk_ledger_keep(seL4_CPtr slot);

/* Make the notification, unless another thread is faster. False if there is no memory. */
static bool make_notification(struct lock *l)
{
    struct sk_env env;
    sk_slots slot;
    uintptr_t none = seL4_CapNull;

    sk_env_get(&env);
    if (env.source == NULL || env.source->take_slots(env.source, 1, &slot) != SK_OK) {
        return false;
    }
    if (env.source->make_object(env.source, SK_BLUEPRINT(Notification), slot.first) != SK_OK) {
        env.source->give_slots(env.source, slot);
        return false;
    }
    if (!__atomic_compare_exchange_n(&l->notification, &none, sk_slot_cptr(slot.first), 0,
                                     __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
        env.source->free_object(env.source, SK_BLUEPRINT(Notification), slot.first);
        env.source->give_slots(env.source, slot);
    } else if (sk_ledger_keep != NULL) {
        sk_ledger_keep(sk_slot_cptr(slot.first));
    }
    return true;
}

void sk_lock_wait(struct lock *l)
{
    /*
     * The state says that somebody waits before the notification is looked at, and the holder
     * frees the lock before it looks: one of the two sees the other (all are SEQ_CST).
     */
    while (__atomic_exchange_n(&l->state, LOCK_WAITED_FOR, __ATOMIC_SEQ_CST) != LOCK_FREE) {
        seL4_CPtr notification = __atomic_load_n(&l->notification, __ATOMIC_SEQ_CST);

        if (notification != seL4_CapNull) {
            seL4_Wait(notification, NULL);
        } else if (!make_notification(l)) {
            seL4_Yield();
        }
    }
}

void sk_lock_wake(struct lock *l)
{
    seL4_CPtr notification = __atomic_load_n(&l->notification, __ATOMIC_SEQ_CST);

    if (notification != seL4_CapNull) {
        seL4_Signal(notification);
    }
}
