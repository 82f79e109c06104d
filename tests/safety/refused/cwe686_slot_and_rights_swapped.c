/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-686: the arguments of a copy are in the wrong order */
/* EXPECT: gcc clang */
#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    sk_slot to = {{2}, (seL4_Word)given(100), 64};
    sk_slot from = {{2}, (seL4_Word)given(101), 64};
    sk_err err = sk_slot_copy(to, seL4_AllRights, from);

    show("%d\n", err);
}

/* GOOD */
GOOD
{
    sk_slot to = {{2}, (seL4_Word)given(100), 64};
    sk_slot from = {{2}, (seL4_Word)given(101), 64};
    sk_err err = sk_slot_copy(to, from, seL4_AllRights);

    show("%d\n", err);
}
