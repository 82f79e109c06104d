/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-194: a byte of a text is a negative index */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

static const char classes[256] = {['a'] = 1};

/* BAD */
BAD
{
    const signed char *text = (const signed char *)given_text("\xe4");

    show("class %d\n", classes[text[0]]);
}

/* GOOD */
GOOD
{
    const signed char *text = (const signed char *)given_text("\xe4");

    show("class %d\n", classes[(unsigned char)text[0]]);
}
