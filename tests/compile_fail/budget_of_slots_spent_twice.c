/* ERROR: a value is used that was moved or never set */
/* TWIN: s/all, 4/rest, 3/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/budget.h>

sk_slots spend_twice(sk_slot first)
{
    SK_SLOT_BUDGET(8) all = {.first = first};

    SK_SLOT_BUDGET_TAKE(mine, rest, all, 5);
    SK_SLOT_BUDGET_TAKE(more, none, all, 4);
    (void)mine;
    (void)rest;
    (void)none;
    return SK_SLOT_BUDGET_SLOTS(more);
}
