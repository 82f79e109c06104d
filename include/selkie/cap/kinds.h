/*
 * A type for each kind of capability: one machine word, passed in registers.
 *
 * A value names a capability in the thread's own CSpace; copying it copies the name. Zero names
 * none. The address is the member cptr, and a name is made from an address where somebody knows
 * what is there:
 *
 *     sk_tcb self = {seL4_CapInitThreadTCB};
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

#define SK_KIND(kind)          \
    typedef struct sk_##kind { \
        seL4_CPtr cptr;        \
    } sk_##kind

SK_KIND(untyped);
SK_KIND(tcb);
SK_KIND(endpoint);
SK_KIND(notification);
SK_KIND(cnode);
SK_KIND(sched_context);
SK_KIND(sched_control);
SK_KIND(reply);
SK_KIND(frame);
SK_KIND(page_table);
SK_KIND(vspace);
SK_KIND(asid_control);
SK_KIND(asid_pool);
SK_KIND(irq_control);
SK_KIND(irq_handler);
SK_KIND(domain_set);
