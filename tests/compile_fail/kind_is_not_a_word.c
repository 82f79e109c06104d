/* ERROR gcc: expected 'sk_tcb' but argument is of type 'seL4_CPtr' */
/* ERROR clang: to parameter of incompatible type 'sk_tcb' */
/* TWIN: s/(seL4_CPtr thread)/(sk_tcb thread)/ */
/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/tcb.h>

sk_err stop(seL4_CPtr thread)
{
    return sk_tcb_suspend(thread);
}
