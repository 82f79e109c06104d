/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-125: the name of a code from outside is looked up in a table */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

static const char *const names[] = {"idle", "ready", "running"};

/* BAD */
BAD
{
    show("%s\n", names[given(5)]);
}

/* GOOD */
GOOD
{
    size_t code = (size_t)given(5);

    show("%s\n", code < sizeof(names) / sizeof(names[0]) ? names[code] : "unknown");
}
