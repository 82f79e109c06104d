/*
 * Errors.
 *
 * Every fallible function returns sk_err and nothing else; results leave through
 * ret_* parameters, which are written only on success. The first eleven values
 * are seL4_Error, so a kernel reply converts by a cast.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/attr.h>

typedef enum SK_NODISCARD sk_err {
    SK_OK = 0,
    SK_ERR_INVALID_ARGUMENT = 1,
    SK_ERR_INVALID_CAPABILITY = 2,
    SK_ERR_ILLEGAL_OPERATION = 3,
    SK_ERR_RANGE = 4,
    SK_ERR_ALIGNMENT = 5,
    SK_ERR_FAILED_LOOKUP = 6,
    SK_ERR_TRUNCATED_MESSAGE = 7,
    SK_ERR_DELETE_FIRST = 8,
    SK_ERR_REVOKE_FIRST = 9,
    SK_ERR_NO_MEMORY = 10,
    SK_ERR_NO_SLOT = 64,    /* no free slot in the CSpace; grow it or free one */
    SK_ERR_FRAGMENTED = 65, /* enough memory is free, but not in one piece */
    SK_ERR_NOT_READY = 66,  /* not now: there is nothing to take, or no room; wait */
    SK_ERR_TIMED_OUT = 67,  /* what was waited for did not happen in time */
    SK_ERR_CANCELLED = 68,  /* what waits, or would, is to end */
    SK_ERR_PROTOCOL = 72,   /* a server speaks another protocol */
    SK_ERR_VERSION = 73,    /* a server speaks another version of the protocol */
    SK_ERR_NO_METHOD = 74,  /* a server has no such method: it is older, or never had it */
    SK_ERR_MALFORMED = 75,  /* a message is not what its protocol says */
} sk_err;

/* Leave the function with the error, if there is one. The only macro that returns. */
#define SK_TRY(expr)           \
    do {                       \
        sk_err err__ = (expr); \
        if (err__ != SK_OK) {  \
            return err__;      \
        }                      \
    } while (0)
