/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-843: a thread is suspended by a capability to a notification, with the raw call */
/* EXPECT: nothing */
#include <sel4/sel4.h>

#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    sk_slot slot = caps_make(SK_BLUEPRINT(Notification));

    (void)seL4_TCB_Suspend(sk_slot_cptr(slot));
    caps_free(SK_BLUEPRINT(Notification), slot);
}

/* GOOD */
GOOD
{
    sk_slot slot = caps_make(SK_BLUEPRINT(TCB));

    (void)seL4_TCB_Suspend(sk_slot_cptr(slot));
    caps_free(SK_BLUEPRINT(TCB), slot);
}
