/* ERROR: objects of this type have no size of their own */
/* TWIN: s/BITS_CapTable/BITS_Endpoint/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/budget.h>

sk_untyped spend(sk_untyped untyped)
{
    SK_UNTYPED_BUDGET(13) all = {.untyped = untyped};

    SK_UNTYPED_BUDGET_TAKE(rest, all, SK_OBJECT_BITS_CapTable, 1);
    return rest.untyped;
}
