/* ERROR: a value is used that was moved or never set */
/* TWIN: s/end, all/end, rest/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/budget.h>

sk_untyped spend_twice(sk_untyped untyped)
{
    SK_UNTYPED_BUDGET(12) all = {.untyped = untyped};

    SK_UNTYPED_BUDGET_TAKE(rest, all, SK_OBJECT_BITS_TCB, 1);
    SK_UNTYPED_BUDGET_TAKE(end, all, SK_OBJECT_BITS_TCB, 1);
    (void)rest;
    return end.untyped;
}
