/*
 * What may be done with a capability, or with the pages of a mapping.
 *
 * Rights are a set. The first four are a capability's own; SK_EXECUTE says of a mapping that
 * instructions may be fetched from it, and means nothing elsewhere. Nothing is executable that
 * does not say so.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

enum sk_rights {
    SK_NO_RIGHTS = 0,
    SK_WRITE = 1,
    SK_READ = 2,
    SK_RW = SK_READ | SK_WRITE,
    SK_GRANT = 4,
    SK_GRANT_REPLY = 8,
    SK_ALL_RIGHTS = SK_RW | SK_GRANT | SK_GRANT_REPLY,
    SK_EXECUTE = 16,
    SK_RX = SK_READ | SK_EXECUTE,
};

/* The same as the raw layer says it. */
static inline seL4_CapRights_t sk_rights_raw(enum sk_rights rights)
{
    return seL4_CapRights_new((rights & SK_GRANT_REPLY) != 0, (rights & SK_GRANT) != 0,
                              (rights & SK_READ) != 0, (rights & SK_WRITE) != 0);
}
