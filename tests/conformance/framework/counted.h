/*
 * Comes before every source of the suite (build.mk): here <interfaces/sel4_client.h> is read
 * with another name for the call that its functions make, so that coverage.c hears of each.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/config.h>
#include <sel4/invocation.h>
#include <sel4/syscalls.h>
#include <sel4/types.h>

#include "coverage.h"

static inline seL4_MessageInfo_t counted_call(seL4_CPtr dest, seL4_MessageInfo_t info,
                                              seL4_Word *mr0, seL4_Word *mr1, seL4_Word *mr2,
                                              seL4_Word *mr3)
{
    seL4_Word label = seL4_MessageInfo_get_label(info);

    coverage_started(label);
    info = seL4_CallWithMRs(dest, info, mr0, mr1, mr2, mr3);
    coverage_ended(label);
    return info;
}

#define seL4_CallWithMRs counted_call
#include <interfaces/sel4_client.h>
#undef seL4_CallWithMRs
