/* ERROR gcc: ignoring return value of type 'sk_err', declared with attribute 'nodiscard' */
/* ERROR clang: ignoring return value of function declared with 'nodiscard' attribute */
/* TWIN: s/sk_tcb_resume/return &/; s/void/sk_err/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/tcb.h>

void start(sk_tcb tcb)
{
    sk_tcb_resume(tcb);
}
