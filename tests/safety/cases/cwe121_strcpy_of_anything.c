/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: strcpy of a text of any length */
/* EXPECT: release=fortify host=asan */
#include "../safety.h"

/* BAD */
BAD
{
    char path[20];

    strcpy(path, given_text("/a/path/that/is/longer/than/the/buffer"));
    show("%s\n", path);
}

/* GOOD */
GOOD
{
    char path[20];

    text_format(path, sizeof(path), "%s", given_text("/a/path/that/is/longer/than/it"));
    show("%s\n", path);
}
