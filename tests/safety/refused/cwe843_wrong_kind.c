/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-843: a thread is suspended by a capability to a notification */
/* EXPECT: gcc clang */
#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    sk_notification n = {(seL4_CPtr)given(100)};
    sk_err err = sk_tcb_suspend(n);

    show("%d\n", err);
}

/* GOOD */
GOOD
{
    sk_tcb t = {(seL4_CPtr)given(100)};
    sk_err err = sk_tcb_suspend(t);

    show("%d\n", err);
}
