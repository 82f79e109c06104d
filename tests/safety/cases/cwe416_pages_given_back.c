/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-416: pages are written to after they were given back */
/* EXPECT: release=fault */
#include <selkie/cap/source.h>

#include "../safety.h"
#include "caps.h"

/* BAD */
BAD
{
    uintptr_t pages = 0;
    sk_err err = caps_source()->take_pages(caps_source(), 2, &pages);

    sk_assert(err == SK_OK);
    caps_source()->give_pages(caps_source(), pages, 2);
    *(volatile long *)pages = 1;
}

/* GOOD */
GOOD
{
    uintptr_t pages = 0;
    sk_err err = caps_source()->take_pages(caps_source(), 2, &pages);

    sk_assert(err == SK_OK);
    *(volatile long *)pages = 1;
    caps_source()->give_pages(caps_source(), pages, 2);
}
