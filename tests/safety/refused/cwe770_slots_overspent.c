/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-770: more slots are taken from a budget than it has */
/* EXPECT: gcc clang */
#include <selkie/cap/budget.h>

#include "../safety.h"

/* BAD */
BAD
{
    SK_SLOT_BUDGET(8) all = {.first = {{2}, 100, 64}};
    SK_SLOT_BUDGET_TAKE(mine, rest, all, 5);
    SK_SLOT_BUDGET_TAKE(more, none, rest, 4);
    use(&mine, sizeof(mine));
    use(&more, sizeof(more));
    use(&none, sizeof(none));
}

/* GOOD */
GOOD
{
    SK_SLOT_BUDGET(8) all = {.first = {{2}, 100, 64}};
    SK_SLOT_BUDGET_TAKE(mine, rest, all, 5);
    SK_SLOT_BUDGET_TAKE(more, none, rest, 3);
    use(&mine, sizeof(mine));
    use(&more, sizeof(more));
    use(&none, sizeof(none));
}
