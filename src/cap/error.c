/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/cap/error.h>

#include <selkie/cap/refuse.h>

#include "lookup.h"

struct sk_lookup_failure sk_lookup_failure_decode(seL4_Word kind, seL4_Word word0,
                                                  seL4_Word word1, seL4_Word word2)
{
    struct sk_lookup_failure f = {.kind = (enum sk_lookup_kind)kind};

    if (kind != seL4_NoFailure && kind != seL4_InvalidRoot) {
        f.bits_left = word0;
    }
    if (kind == seL4_DepthMismatch) {
        f.bits_found = word1;
    }
    if (kind == seL4_GuardMismatch) {
        f.guard = word1;
        f.guard_bits = word2;
    }
    return f;
}

struct sk_error sk_error_last(sk_err code)
{
    struct sk_error e = {.code = code};

    switch (code) {
    case SK_ERR_INVALID_ARGUMENT:
    case SK_ERR_INVALID_CAPABILITY:
        e.argument = seL4_GetMR(0) & ~SK_ARGUMENT_IS_MEMBER;
        e.is_member = (seL4_GetMR(0) & SK_ARGUMENT_IS_MEMBER) != 0;
        break;
    case SK_ERR_RANGE:
        e.minimum = seL4_GetMR(0);
        e.maximum = seL4_GetMR(1);
        break;
    case SK_ERR_FAILED_LOOKUP:
        e.is_source = seL4_GetMR(0) != 0;
        e.lookup = sk_lookup_failure_decode(seL4_GetMR(1), seL4_GetMR(2), seL4_GetMR(3),
                                            seL4_GetMR(4));
        break;
    case SK_ERR_NO_MEMORY:
        e.bytes_available = seL4_GetMR(0);
        break;
    default:
        break;
    }
    return e;
}

static const char *name_of(sk_err code)
{
    switch (code) {
    case SK_OK:
        return "no error";
    case SK_ERR_INVALID_ARGUMENT:
        return "invalid argument";
    case SK_ERR_INVALID_CAPABILITY:
        return "invalid capability";
    case SK_ERR_ILLEGAL_OPERATION:
        return "illegal operation";
    case SK_ERR_RANGE:
        return "range error";
    case SK_ERR_ALIGNMENT:
        return "alignment error";
    case SK_ERR_FAILED_LOOKUP:
        return "failed lookup";
    case SK_ERR_TRUNCATED_MESSAGE:
        return "truncated message";
    case SK_ERR_DELETE_FIRST:
        return "something must be deleted first";
    case SK_ERR_REVOKE_FIRST:
        return "something must be revoked first";
    case SK_ERR_NO_MEMORY:
        return "not enough memory";
    case SK_ERR_NO_SLOT:
        return "no free slot";
    case SK_ERR_FRAGMENTED:
        return "memory is too fragmented";
    case SK_ERR_NOT_READY:
        return "not ready";
    case SK_ERR_TIMED_OUT:
        return "timed out";
    case SK_ERR_CANCELLED:
        return "cancelled";
    case SK_ERR_PROTOCOL:
        return "another protocol";
    case SK_ERR_VERSION:
        return "another version of the protocol";
    case SK_ERR_NO_METHOD:
        return "no such method";
    case SK_ERR_MALFORMED:
        return "malformed message";
    default:
        return "error";
    }
}

void sk_lookup_failure_put(struct text *t, const struct sk_lookup_failure *f)
{
    switch (f->kind) {
    case SK_LOOKUP_INVALID_ROOT:
        sk_text_put(t, "the root is no CNode");
        return;
    case SK_LOOKUP_MISSING_CAPABILITY:
        sk_text_put(t, "an empty slot");
        break;
    case SK_LOOKUP_DEPTH_MISMATCH:
        sk_text_put(t, "a depth mismatch, ");
        sk_text_number(t, f->bits_found);
        sk_text_put(t, " bits found");
        break;
    case SK_LOOKUP_GUARD_MISMATCH:
        sk_text_put(t, "a guard ");
        sk_text_hex(t, f->guard);
        sk_text_put(t, " of ");
        sk_text_number(t, f->guard_bits);
        sk_text_put(t, " bits");
        break;
    default:
        sk_text_put(t, "no failure");
        return;
    }
    sk_text_put(t, ", ");
    sk_text_number(t, f->bits_left);
    sk_text_put(t, " bits left");
}

static void put_detail(struct text *t, const struct sk_error *e)
{
    switch (e->code) {
    case SK_ERR_INVALID_ARGUMENT:
    case SK_ERR_INVALID_CAPABILITY:
        sk_text_put(t, e->is_member ? ": member " : " ");
        sk_text_number(t, e->argument);
        sk_text_put(t, e->is_member ? " must be zero on this kernel" : "");
        break;
    case SK_ERR_RANGE:
        sk_text_put(t, ": ");
        sk_text_number(t, e->minimum);
        sk_text_put(t, " to ");
        sk_text_number(t, e->maximum);
        sk_text_put(t, " is allowed");
        break;
    case SK_ERR_FAILED_LOOKUP:
        sk_text_put(t, e->is_source ? " of the source: " : " of the destination: ");
        sk_lookup_failure_put(t, &e->lookup);
        break;
    case SK_ERR_NO_MEMORY:
        sk_text_put(t, ": ");
        sk_text_number(t, e->bytes_available);
        sk_text_put(t, " bytes are available");
        break;
    default:
        break;
    }
}

size_t sk_error_print(const struct sk_error *e, char *buffer, size_t size)
{
    struct text t = {.buffer = buffer, .size = size};

    sk_text_put(&t, name_of(e->code));
    put_detail(&t, e);
    return sk_text_end(&t);
}
