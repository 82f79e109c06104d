/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-124: a length is stored in front of a block that has no room for it */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    uint64_t *payload = calloc(4, sizeof(*payload));

    if (payload != NULL) {
        keep(payload);
        uint64_t *same = kept();
        same[given(-1)] = 32;
        free(payload);
    }
}

/* GOOD */
GOOD
{
    uint64_t *block = calloc(5, sizeof(*block));

    if (block != NULL) {
        keep(block + 1);
        uint64_t *same = kept();
        same[given(-1)] = 32;
        free(block);
    }
}
