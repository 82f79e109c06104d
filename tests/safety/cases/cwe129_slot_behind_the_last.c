/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-129: a number from outside selects a slot of several */
/* EXPECT: release=trap */
#include <selkie/cap/slot.h>

#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    sk_slots slots;
    sk_err err = caps_source()->take_slots(caps_source(), 4, &slots);

    sk_assert(err == SK_OK);
    err = sk_slot_delete(sk_slots_get(slots, (seL4_Word)given(7)));
    caps_source()->give_slots(caps_source(), slots);
    show("%d\n", err);
}

/* GOOD */
GOOD
{
    sk_slots slots;
    sk_err err = caps_source()->take_slots(caps_source(), 4, &slots);
    seL4_Word n = (seL4_Word)given(7);

    sk_assert(err == SK_OK);
    err = n < slots.count ? sk_slot_delete(sk_slots_get(slots, n)) : SK_ERR_RANGE;
    caps_source()->give_slots(caps_source(), slots);
    show("%d\n", err);
}
