/* ERROR gcc: "SK_CFG_KERNEL_MSC" is not defined */
/* ERROR clang: 'SK_CFG_KERNEL_MSC' is not defined */
/* TWIN: s/MSC/MCS/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/config.h>

#if SK_CFG_KERNEL_MSC
    .text
#endif
