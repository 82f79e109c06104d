/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-201: a reply is sent whole though only its start was written */
/* EXPECT: nothing */
#include "../safety.h"

struct reply {
    int status;
    char text[60];
};

/* BAD */
BAD
{
    struct reply r;

    r.status = (int)given(1);
    use(&r, sizeof(r));
}

/* GOOD */
GOOD
{
    struct reply r = {0};

    r.status = (int)given(1);
    use(&r, sizeof(r));
}
