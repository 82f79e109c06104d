/* SPDX-License-Identifier: BSD-2-Clause */
#include "thread.h"

/* Every thread has its time slice. */
sk_err sk_thread_set_time(struct sk_thread *t, seL4_Word budget_us, seL4_Word period_us)
{
    (void)t;
    return period_us < budget_us ? SK_ERR_INVALID_ARGUMENT : SK_OK;
}

seL4_Word sk_thread_wait_number(void)
{
    return (seL4_Word)seL4_SysRecv;
}
