/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-476: a null pointer is followed with a large index */
/* EXPECT: release=fault host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    keep(NULL);
    const unsigned char *table = kept();
    show("%d\n", table[given(0x400000)]);
}

/* GOOD */
GOOD
{
    keep(NULL);
    const unsigned char *table = kept();
    if (table != NULL) {
        show("%d\n", table[given(0x400000)]);
    }
}
