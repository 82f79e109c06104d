/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: a write past one member of a structure changes the next one */
/* EXPECT: release=fortify */
#include "../safety.h"

struct user {
    char name[8];
    long is_root;
};

/* BAD */
BAD
{
    struct user user = {.name = "", .is_root = 0};
    size_t size = (size_t)given(12);

    memcpy(user.name, given_text("aaaaaaaaaaaaaaa"), size);
    show("root: %d\n", user.is_root != 0);
}

/* GOOD */
GOOD
{
    struct user user = {.name = "", .is_root = 0};
    size_t size = (size_t)given(12);

    memcpy(user.name, given_text("aaaaaaaaaaaaaaa"), size < 8 ? size : 8);
    show("root: %d\n", user.is_root != 0);
}
