/* ERROR: the slot budget is overspent */
/* TWIN: s/rest, 4/rest, 3/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/budget.h>

sk_slots overspend(sk_slot first)
{
    SK_SLOT_BUDGET(8) all = {.first = first};

    SK_SLOT_BUDGET_TAKE(mine, rest, all, 5);
    SK_SLOT_BUDGET_TAKE(more, none, rest, 4);
    (void)mine;
    (void)none;
    return SK_SLOT_BUDGET_SLOTS(more);
}
