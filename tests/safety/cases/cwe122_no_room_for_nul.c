/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-122: a copy of a text has no room for its NUL */
/* EXPECT: gcc release=fortify host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    const char *name = given_text("sixteen letters!");
    char *copy = malloc(strlen(name));

    if (copy != NULL) {
        strcpy(copy, name);
        use(copy, 16);
        free(copy);
    }
}

/* GOOD */
GOOD
{
    const char *name = given_text("sixteen letters!");
    char *copy = malloc(strlen(name) + 1);

    if (copy != NULL) {
        strcpy(copy, name);
        use(copy, 17);
        free(copy);
    }
}
