/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-468: an offset in bytes is added to a pointer to a larger type */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

struct header {
    long kind;
    long size;
};

/* BAD */
BAD
{
    char *block = calloc(1, sizeof(struct header) + 16);

    if (block != NULL) {
        struct header *h = (struct header *)given_text(block);
        char *payload = (char *)(h + sizeof(*h));
        payload[0] = 1;
        free(block);
    }
}

/* GOOD */
GOOD
{
    char *block = calloc(1, sizeof(struct header) + 16);

    if (block != NULL) {
        struct header *h = (struct header *)given_text(block);
        char *payload = (char *)(h + 1);
        payload[0] = 1;
        free(block);
    }
}
