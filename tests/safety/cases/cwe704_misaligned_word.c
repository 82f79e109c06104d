/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-704: a word is read from an odd place of a buffer */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

/* BAD */
BAD
{
    _Alignas(8) char bytes[32] = {0};
    const uint64_t *word = (const uint64_t *)(given_text(bytes) + 3);

    show("%lx\n", (unsigned long)*word);
}

/* GOOD */
GOOD
{
    _Alignas(8) char bytes[32] = {0};
    uint64_t word;

    memcpy(&word, given_text(bytes) + 3, sizeof(word));
    show("%lx\n", (unsigned long)word);
}
