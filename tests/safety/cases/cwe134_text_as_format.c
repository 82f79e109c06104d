/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-134: a text from outside is the format */
/* EXPECT: gcc clang release=fault */
#include "../safety.h"

/* BAD */
BAD
{
    show(given_text("100%s\n"));
}

/* GOOD */
GOOD
{
    show("%s", given_text("100%s\n"));
}
