/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/budget.h>

sk_err sk_untyped_budget_take(struct sk_untyped_budget *b, sk_blueprint what, seL4_Word count)
{
    seL4_Word size = (seL4_Word)1 << b->size_bits;
    unsigned bits = sk_blueprint_bits(what);

    if (!SK_UNTYPED_BUDGET_IS_SIZE(bits)) {
        return SK_ERR_RANGE;
    }
    if (count == 0) {
        return SK_OK;
    }
    /* Before the rest can overflow. */
    if (bits > b->size_bits || count > size >> bits ||
        SK_UNTYPED_BUDGET_AFTER(b->used, bits, count) > size) {
        return SK_ERR_NO_MEMORY;
    }
    b->used = SK_UNTYPED_BUDGET_AFTER(b->used, bits, count);
    return SK_OK;
}
