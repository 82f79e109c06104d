/* ERROR: incompatible */
/* TWIN: s/owned_object_cptr/owned_slot_cptr/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/owned.h>

seL4_CPtr confuse(const sk_owned_slot *slot)
{
    return sk_owned_object_cptr(slot);
}
