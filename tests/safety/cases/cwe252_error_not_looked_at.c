/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-252: a capability is copied, and nobody looks whether that failed */
/* EXPECT: gcc clang */
#include <selkie/cap/cnode.h>

#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    sk_slot slot = caps_make(SK_BLUEPRINT(Notification));

    sk_slot_copy(sk_slot_plus(slot, (seL4_Word)given(0)), slot, seL4_AllRights);
    caps_free(SK_BLUEPRINT(Notification), slot);
}

/* GOOD */
GOOD
{
    sk_slot slot = caps_make(SK_BLUEPRINT(Notification));
    sk_err err = sk_slot_copy(sk_slot_plus(slot, (seL4_Word)given(0)), slot, seL4_AllRights);

    show("%d\n", err == SK_ERR_DELETE_FIRST);
    caps_free(SK_BLUEPRINT(Notification), slot);
}
