/* ERROR: the untyped budget is overspent */
/* TWIN: s/TCB, 3/TCB, 2/; s/BITS_VSpace/BITS_Endpoint/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/budget.h>

sk_untyped overspend(sk_untyped untyped)
{
    SK_UNTYPED_BUDGET(13) all = {.untyped = untyped};

    SK_UNTYPED_BUDGET_TAKE(rest, all, SK_OBJECT_BITS_TCB, 3);
    SK_UNTYPED_BUDGET_TAKE(end, rest, SK_OBJECT_BITS_VSpace, 1);
    return end.untyped;
}
