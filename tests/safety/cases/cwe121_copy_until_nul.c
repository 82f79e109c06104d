/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: a text is copied by pointers until its NUL, however small the buffer */
/* EXPECT: release=canary host=asan */
#include "../safety.h"

/* BAD */
static void copy(char *to, const char *from)
{
    while (*from != '\0') {
        *to++ = *from++;
    }
    *to = '\0';
}

BAD
{
    char name[16];

    copy(name, given_text("a name that is much longer than sixteen characters"));
    use(name, sizeof(name));
}

/* GOOD */
static void copy_some(char *to, size_t size, const char *from)
{
    while (*from != '\0' && size > 1) {
        *to++ = *from++;
        size--;
    }
    *to = '\0';
}

GOOD
{
    char name[16];

    copy_some(name, sizeof(name), given_text("a name that is much longer than sixteen"));
    use(name, sizeof(name));
}
