/* ERROR gcc: 'SK_CFG_KERNEL_MSC' undeclared */
/* ERROR gcc: did you mean 'SK_CFG_KERNEL_MCS'? */
/* ERROR clang: use of undeclared identifier 'SK_CFG_KERNEL_MSC' */
/* TWIN: s/MSC/MCS/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdbool.h>

#include <selkie/config.h>

bool has_budgets(void)
{
    if (SK_CFG_KERNEL_MSC) {
        return true;
    }
    return false;
}
