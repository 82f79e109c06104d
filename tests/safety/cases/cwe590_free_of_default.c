/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-590: a setting that was never changed is freed */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

static char default_name[] = "nobody";

struct settings {
    char *name;
};

/* BAD */
BAD
{
    struct settings s = {given_text(default_name)};

    show("%s\n", s.name);
    free(s.name);
}

/* GOOD */
GOOD
{
    struct settings s = {given_text(default_name)};

    show("%s\n", s.name);
    if (s.name != default_name) {
        free(s.name);
    }
}
