/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-469: the distance of two pointers into different blocks is taken for a size */
/* EXPECT: release=fortify */
#include "../safety.h"

/* BAD */
BAD
{
    char *text = calloc(1, 64);
    char *copy = calloc(1, 64);

    if (text != NULL && copy != NULL) {
        char *end = copy + 10; /* should be of text */
        size_t size = (size_t)(end - given_text(text));
        memcpy(copy, text, size);
    }
    free(copy);
    free(text);
}

/* GOOD */
GOOD
{
    char *text = calloc(1, 64);
    char *copy = calloc(1, 64);

    if (text != NULL && copy != NULL) {
        char *end = text + 10;
        size_t size = (size_t)(end - given_text(text));
        memcpy(copy, text, size);
    }
    free(copy);
    free(text);
}
