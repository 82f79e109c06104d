/*
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * As stubs.c: calls that kernels with MCS scheduling have.
 */

#include <sel4/sel4.h>

/* writes: */
seL4_SchedContext_Consumed_t consumed(seL4_CPtr context)
{
    return seL4_SchedContext_Consumed(context);
}

/* writes: 976 */
int bind_context(seL4_CPtr context, seL4_CPtr tcb)
{
    return seL4_SchedContext_Bind(context, tcb);
}

/* writes: 976 984 992 */
int configure(seL4_CPtr tcb, seL4_CPtr cspace, seL4_CPtr vspace, seL4_Word buffer,
              seL4_CPtr frame)
{
    return seL4_TCB_Configure(tcb, cspace, 0, vspace, 0, buffer, frame);
}

/* writes: 40 976 */
int configure_context(seL4_CPtr control, seL4_CPtr context)
{
    return seL4_SchedControl_ConfigureFlags(control, context, 1000, 2000, 0, 7, 0);
}
