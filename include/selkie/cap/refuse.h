/*
 * What the typed calls say of arguments that they do not hand to the kernel: a member that the
 * kernel at hand has no use for, and that is not zero.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>
#include <selkie/base/attr.h>
#include <selkie/base/err.h>

/*
 * In the number of an invalid argument: it is not the kernel's, but the place in the call's
 * args, from 0, of a member that must be zero.
 */
#define SK_ARGUMENT_IS_MEMBER ((seL4_Word)1 << (seL4_WordBits - 1))

/* Leave a message as the kernel does, where sk_error_last() finds it. */
static SK_ALWAYS_INLINE sk_err sk_member_refused(seL4_Word place)
{
    seL4_SetMR(0, SK_ARGUMENT_IS_MEMBER | place);
    return SK_ERR_INVALID_ARGUMENT;
}
