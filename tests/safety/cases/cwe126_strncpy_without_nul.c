/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-126: strncpy fills the buffer and writes no NUL */
/* EXPECT: gcc host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char name[8];

    strncpy(name, given_text("eight characters or more"), sizeof(name));
    show("%zu characters\n", strlen(name));
}

/* GOOD */
GOOD
{
    char name[8] = "";

    strncpy(name, given_text("eight characters or more"), sizeof(name) - 1);
    show("%zu characters\n", strlen(name));
}
