/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-823: an offset that another program sent is used in a shared page */
/* EXPECT: nothing */
#include "../safety.h"

static char pages[2][64]; /* the second is private */

/* BAD */
BAD
{
    char *shared = given_text(pages[0]);

    shared[given(70)] = 'x';
    use(pages, sizeof(pages));
}

/* GOOD */
GOOD
{
    char *shared = given_text(pages[0]);

    shared[(size_t)given(70) % 64] = 'x';
    use(pages, sizeof(pages));
}
