/* ERROR: a value is used that was moved or never set */
/* TWIN: /hand_over(S/d */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/budget.h>

void hand_over(sk_slots slots);

sk_slot spend_twice(sk_slot first)
{
    SK_SLOT_BUDGET(8) all = {.first = first};

    hand_over(SK_SLOT_BUDGET_SLOTS(all));
    SK_SLOT_BUDGET_TAKE(mine, rest, all, 5);
    (void)rest;
    return mine.first;
}
