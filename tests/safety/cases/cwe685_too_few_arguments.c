/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-685: a format asks for more than it is given */
/* EXPECT: gcc clang */
#include "../safety.h"

/* BAD */
BAD
{
    show("%s is %s\n", given_text("sky"));
}

/* GOOD */
GOOD
{
    show("%s is %s\n", given_text("sky"), "blue");
}
