/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-190: a length of 16 bits wraps when the header is added */
/* EXPECT: release=fortify host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    uint16_t length = (uint16_t)given(65530);
    uint16_t whole = length + 8;
    char *packet = malloc(whole);

    if (packet != NULL) {
        memset(packet + 8, 0, 32); /* its first part */
        use(packet, whole);
        free(packet);
    }
}

/* GOOD */
GOOD
{
    uint16_t length = (uint16_t)given(65530);
    size_t whole = (size_t)length + 8;
    char *packet = malloc(whole);

    if (packet != NULL) {
        memset(packet + 8, 0, 32); /* its first part */
        free(packet);
    }
}
