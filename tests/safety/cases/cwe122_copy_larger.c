/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-122: a block gets more bytes than it was allocated for */
/* EXPECT: release=fortify host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char packet[200] = {1};
    size_t size = (size_t)given(150);
    char *copy = malloc(100);

    if (copy != NULL) {
        memcpy(copy, packet, size);
        use(copy, 100);
        free(copy);
    }
}

/* GOOD */
GOOD
{
    char packet[200] = {1};
    size_t size = (size_t)given(150);
    char *copy = malloc(size);

    if (copy != NULL) {
        memcpy(copy, packet, size);
        use(copy, size);
        free(copy);
    }
}
