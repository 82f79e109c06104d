/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-252: the same by the raw call, whose error may be ignored */
/* EXPECT: nothing */
#include <sel4/sel4.h>

#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    sk_slot slot = caps_make(SK_BLUEPRINT(Notification));

    seL4_CNode_Copy(slot.root.cptr, slot.index, slot.depth, slot.root.cptr, slot.index,
                    slot.depth, seL4_AllRights);
    caps_free(SK_BLUEPRINT(Notification), slot);
}

/* GOOD */
GOOD
{
    sk_slot slot = caps_make(SK_BLUEPRINT(Notification));
    seL4_Error err = seL4_CNode_Copy(slot.root.cptr, slot.index, slot.depth, slot.root.cptr,
                                     slot.index, slot.depth, seL4_AllRights);

    show("%d\n", err == seL4_DeleteFirst);
    caps_free(SK_BLUEPRINT(Notification), slot);
}
