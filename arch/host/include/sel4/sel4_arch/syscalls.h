/*
 * The functions that make system calls, on the host: the kernel is a library, so each one fills
 * an array of registers and calls it. This header is found before the generated one of the same
 * name; all others are the target's own.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/config.h>
#include <sel4/functions.h>
#include <sel4/types.h>

/*
 * One system call of the calling thread: x is x0 to x8, in and out. Returns when the kernel has
 * chosen this thread to go on; see <selkie/arch/kernel/threads.h>.
 */
void sk_host_svc(seL4_Word x[9]);

/* Words go in, nothing comes out. */
static inline void arm_sys_send(seL4_Word sys, seL4_Word dest, seL4_Word info_arg,
                                seL4_Word mr0, seL4_Word mr1, seL4_Word mr2, seL4_Word mr3)
{
    seL4_Word x[9] = {dest, info_arg, mr0, mr1, mr2, mr3, 0, sys, 0};

    sk_host_svc(x);
}

/* Only a capability and message info go in. */
static inline void arm_sys_send_null(seL4_Word sys, seL4_Word src, seL4_Word info_arg)
{
    arm_sys_send(sys, src, info_arg, 0, 0, 0, 0);
}

/* Nothing goes in, nothing comes out. */
static inline void arm_sys_null(seL4_Word sys)
{
    arm_sys_send(sys, 0, 0, 0, 0, 0, 0);
}

/* Send to dest, in x8, and receive from src, in x0. */
static inline void arm_sys_nbsend_recv(seL4_Word sys, seL4_Word dest, seL4_Word src,
                                       seL4_Word *out_badge, seL4_Word info_arg,
                                       seL4_Word *out_info, seL4_Word *in_out_mr0,
                                       seL4_Word *in_out_mr1, seL4_Word *in_out_mr2,
                                       seL4_Word *in_out_mr3, seL4_Word reply)
{
    seL4_Word x[9] = {src,         info_arg, *in_out_mr0, *in_out_mr1, *in_out_mr2,
                      *in_out_mr3, reply,    sys,         dest};

    sk_host_svc(x);
    *out_badge = x[0];
    *out_info = x[1];
    *in_out_mr0 = x[2];
    *in_out_mr1 = x[3];
    *in_out_mr2 = x[4];
    *in_out_mr3 = x[5];
}

/* Everything goes in, everything comes out. */
static inline void arm_sys_send_recv(seL4_Word sys, seL4_Word dest, seL4_Word *out_badge,
                                     seL4_Word info_arg, seL4_Word *out_info,
                                     seL4_Word *in_out_mr0, seL4_Word *in_out_mr1,
                                     seL4_Word *in_out_mr2, seL4_Word *in_out_mr3,
                                     seL4_Word reply)
{
    arm_sys_nbsend_recv(sys, 0, dest, out_badge, info_arg, out_info, in_out_mr0, in_out_mr1,
                        in_out_mr2, in_out_mr3, reply);
}

/* A capability goes in; badge, message info and words come out. */
static inline void arm_sys_recv(seL4_Word sys, seL4_Word src, seL4_Word *out_badge,
                                seL4_Word *out_info, seL4_Word *out_mr0, seL4_Word *out_mr1,
                                seL4_Word *out_mr2, seL4_Word *out_mr3, seL4_Word reply)
{
    *out_mr0 = 0;
    *out_mr1 = 0;
    *out_mr2 = 0;
    *out_mr3 = 0;
    arm_sys_nbsend_recv(sys, 0, src, out_badge, 0, out_info, out_mr0, out_mr1, out_mr2, out_mr3,
                        reply);
}
