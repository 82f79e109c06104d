/*
 * Domains. There is one, 0, for now: threads can be put into it, where they are.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "object/invocation.h"

static seL4_Error set_domain(struct kernel *k, struct invocation *i)
{
    uint64_t domain = sk_kinvocation_word(i, 0);

    if (i->length < 1 || i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (domain >= SK_CFG_NUM_DOMAINS) {
        return sk_kerror_argument(k, 0);
    }
    if (cap_type(invocation_cap(i, 0)) != CAP_TCB) {
        return sk_kerror_argument(k, 1);
    }
    return domain == 0 ? seL4_NoError : sk_kerror_absent(k, "a domain other than 0");
}

seL4_Error sk_kdomain_invoke(struct kernel *k, struct invocation *i)
{
    switch (i->label) {
    case DomainSetSet:
        return set_domain(k, i);
    case DomainScheduleConfigure:
    case DomainScheduleSetStart:
        return sk_kerror_absent(k, "a domain schedule");
    default:
        return sk_kerror(k, seL4_IllegalOperation);
    }
}
