/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-191: the size of a header is taken from a size that is smaller */
/* EXPECT: release=fortify */
#include "../safety.h"

/* BAD */
BAD
{
    char packet[64] = {0};
    char *payload = malloc(64);
    size_t size = (size_t)given(4);

    if (payload != NULL) {
        memcpy(payload, packet + 8, size - 8);
        free(payload);
    }
}

/* GOOD */
GOOD
{
    char packet[64] = {0};
    char *payload = malloc(64);
    size_t size = (size_t)given(4);

    if (payload != NULL && size >= 8) {
        memcpy(payload, packet + 8, size - 8);
    }
    free(payload);
}
