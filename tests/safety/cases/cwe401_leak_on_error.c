/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-401: an error path does not free a block */
/* EXPECT: analyzer release=leak host=leak */
#include "../safety.h"

/* BAD */
static int serve(void)
{
    char *buffer = malloc(500);

    if (buffer == NULL) {
        return -1;
    }
    if (given(1) != 0) {
        return -2;
    }
    use(buffer, 0);
    free(buffer);
    return 0;
}

BAD
{
    show("%d\n", serve());
}

/* GOOD */
static int serve_well(void)
{
    char *buffer = malloc(500);

    if (buffer == NULL) {
        return -1;
    }
    if (given(1) != 0) {
        free(buffer);
        return -2;
    }
    use(buffer, 0);
    free(buffer);
    return 0;
}

GOOD
{
    show("%d\n", serve_well());
}
