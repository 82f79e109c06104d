/* SPDX-License-Identifier: BSD-2-Clause */
#include "core/error.h"

#include "core/kernel.h"

seL4_Error sk_kerror(struct kernel *k, seL4_Error code)
{
    k->error = (struct error){0};
    return code;
}

seL4_Error sk_kerror_argument(struct kernel *k, uint64_t argument)
{
    k->error = (struct error){.words = {argument}};
    return seL4_InvalidArgument;
}

seL4_Error sk_kerror_capability(struct kernel *k, uint64_t argument)
{
    k->error = (struct error){.words = {argument}};
    return seL4_InvalidCapability;
}

seL4_Error sk_kerror_range(struct kernel *k, uint64_t minimum, uint64_t maximum)
{
    k->error = (struct error){.words = {minimum, maximum}};
    return seL4_RangeError;
}

seL4_Error sk_kerror_memory(struct kernel *k, uint64_t bytes_left)
{
    k->error = (struct error){.words = {bytes_left}};
    return seL4_NotEnoughMemory;
}

seL4_Error sk_kerror_lookup(struct kernel *k, uint64_t is_source, struct lookup_failure why)
{
    k->error = (struct error){.is_source = is_source, .lookup = why};
    return seL4_FailedLookup;
}

unsigned sk_kerror_lookup_words(const struct lookup_failure *why, uint64_t words[4])
{
    words[0] = why->type;
    words[1] = why->bits_left;
    words[2] = why->words[0];
    words[3] = why->words[1];
    switch (why->type) {
    case seL4_InvalidRoot:
        return 1;
    case seL4_MissingCapability:
        return 2;
    case seL4_DepthMismatch:
        return 3;
    default:
        return 4;
    }
}

unsigned sk_kerror_words(const struct kernel *k, seL4_Error code, uint64_t words[6])
{
    const struct error *e = &k->error;

    words[0] = e->words[0];
    words[1] = e->words[1];
    switch (code) {
    case seL4_InvalidArgument:
    case seL4_InvalidCapability:
    case seL4_NotEnoughMemory:
        return 1;
    case seL4_RangeError:
        return 2;
    case seL4_FailedLookup:
        words[0] = e->is_source;
        return 1 + sk_kerror_lookup_words(&e->lookup, words + 1);
    default:
        return 0;
    }
}
