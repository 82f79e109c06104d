/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-762: pages of a source are freed as a block of the heap is */
/* EXPECT: release=heap */
#include <selkie/cap/source.h>

#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    uintptr_t pages = 0;
    sk_err err = caps_source()->take_pages(caps_source(), 2, &pages);

    sk_assert(err == SK_OK);
    free((void *)pages);
}

/* GOOD */
GOOD
{
    uintptr_t pages = 0;
    sk_err err = caps_source()->take_pages(caps_source(), 2, &pages);

    sk_assert(err == SK_OK);
    caps_source()->give_pages(caps_source(), pages, 2);
}
