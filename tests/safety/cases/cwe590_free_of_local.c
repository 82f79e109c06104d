/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-590: a small buffer on the stack is freed as a large one on the heap is */
/* EXPECT: analyzer release=heap host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char small[32];
    size_t size = (size_t)given(20);
    char *buffer = size <= sizeof(small) ? small : malloc(size);

    if (buffer != NULL) {
        memset(buffer, 0, size);
        use(buffer, size);
        free(buffer);
    }
}

/* GOOD */
GOOD
{
    char small[32];
    size_t size = (size_t)given(20);
    char *buffer = size <= sizeof(small) ? small : malloc(size);

    if (buffer != NULL) {
        memset(buffer, 0, size);
        use(buffer, size);
        if (buffer != small) {
            free(buffer);
        }
    }
}
