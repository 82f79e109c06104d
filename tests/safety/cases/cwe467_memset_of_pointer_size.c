/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-467: a structure is cleared with the size of its pointer */
/* EXPECT: gcc clang */
#include "../safety.h"

struct session {
    char key[32];
    long expires;
};

/* BAD */
static void session_clear(struct session *s)
{
    memset(s, 0, sizeof(s));
}

BAD
{
    struct session s = {.key = "secret", .expires = given(9)};

    session_clear(&s);
    use(&s, sizeof(s));
}

/* GOOD */
static void session_clear_all(struct session *s)
{
    memset(s, 0, sizeof(*s));
}

GOOD
{
    struct session s = {.key = "secret", .expires = given(9)};

    session_clear_all(&s);
    use(&s, sizeof(s));
}
