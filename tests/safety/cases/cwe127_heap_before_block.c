/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-127: the length in front of a block is read, and there is none */
/* EXPECT: host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    uint64_t *block = calloc(4, sizeof(*block));

    if (block != NULL) {
        keep(block);
        uint64_t *same = kept();
        show("length %lx\n", (unsigned long)same[given(-1)]);
        free(block);
    }
}

/* GOOD */
GOOD
{
    uint64_t *block = calloc(4, sizeof(*block));

    if (block != NULL) {
        keep(block + 1);
        uint64_t *same = kept();
        show("length %lx\n", (unsigned long)same[given(-1)]);
        free(block);
    }
}
