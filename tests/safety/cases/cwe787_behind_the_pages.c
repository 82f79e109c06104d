/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-787: a buffer of pages is written to behind its last one */
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
    memset((void *)pages, 0, (size_t)given(8200));
    caps_source()->give_pages(caps_source(), pages, 2);
}

/* GOOD */
GOOD
{
    uintptr_t pages = 0;
    sk_err err = caps_source()->take_pages(caps_source(), 2, &pages);

    sk_assert(err == SK_OK);
    memset((void *)pages, 0, (size_t)given(8192));
    caps_source()->give_pages(caps_source(), pages, 2);
}
