/*
 * The domain capability: whose domain is which, and when it is whose time.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "core/domain.h"

#include "core/sched.h"
#include "object/invocation.h"

#define LAST_ENTRY (SK_CFG_NUM_DOMAIN_SCHEDULES - 2u) /* the one behind stays an end marker */

/* Word: domain. Capability: thread. */
static seL4_Error set_domain(struct kernel *k, struct invocation *i)
{
    uint64_t domain = sk_kinvocation_word(i, 0);

    if (i->length < 1) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (domain >= SK_CFG_NUM_DOMAINS) {
        return sk_kerror_argument(k, 0);
    }
    if (i->extra_count == 0) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (cap_type(invocation_cap(i, 0)) != CAP_TCB) {
        return sk_kerror_argument(k, 1);
    }
    sk_ksched_set_domain(k, cap_object(invocation_cap(i, 0)), (uint8_t)domain);
    return seL4_NoError;
}

/* Words: index, domain, duration. The entry in force is not shortened or lengthened by it. */
static seL4_Error configure(struct kernel *k, struct invocation *i)
{
    uint64_t index = sk_kinvocation_word(i, 0);
    struct domain_entry e = {sk_kinvocation_word(i, 1), sk_kinvocation_word(i, 2)};

    if (i->length < 3) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (index > LAST_ENTRY) {
        return sk_kerror_range(k, 0, LAST_ENTRY);
    }
    if (e.domain >= SK_CFG_NUM_DOMAINS) {
        return sk_kerror_range(k, 0, SK_CFG_NUM_DOMAINS - 1);
    }
    if (e.duration == 0 && e.domain != 0) {
        return sk_kerror_argument(k, 1);
    }
    if (e.duration > DOMAIN_DURATION_MAX || (e.duration == 0 && index == k->domain_start)) {
        return sk_kerror_argument(k, 2);
    }
    k->domain_schedule[index] = e;
    return seL4_NoError;
}

/* Word: index. */
static seL4_Error set_start(struct kernel *k, struct invocation *i)
{
    uint64_t index = sk_kinvocation_word(i, 0);

    if (i->length < 1) {
        return sk_kerror(k, seL4_TruncatedMessage);
    }
    if (index >= SK_CFG_NUM_DOMAIN_SCHEDULES) {
        return sk_kerror_range(k, 0, SK_CFG_NUM_DOMAIN_SCHEDULES - 1);
    }
    if (k->domain_schedule[index].duration == 0) {
        return sk_kerror_argument(k, 0);
    }
    sk_kdomain_start(k, index);
    return seL4_NoError;
}

seL4_Error sk_kdomain_invoke(struct kernel *k, struct invocation *i)
{
    switch (i->label) {
    case DomainSetSet:
        return set_domain(k, i);
    case DomainScheduleConfigure:
        return configure(k, i);
    case DomainScheduleSetStart:
        return set_start(k, i);
    default:
        return sk_kerror(k, seL4_IllegalOperation);
    }
}
