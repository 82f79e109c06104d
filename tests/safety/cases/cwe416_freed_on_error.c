/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-416: a function frees its argument when it fails, and its caller uses it */
/* EXPECT: gcc host=asan */
#include "../safety.h"

/* BAD */
static int send(char *text)
{
    if (given(0) == 0) {
        free(text);
        return -1;
    }
    use(text, 8);
    return 0;
}

BAD
{
    char *text = calloc(1, 64);

    if (text == NULL) {
        return;
    }
    memcpy(text, "message", 8);
    if (send(text) != 0) {
        show("not sent: %s\n", text);
        return;
    }
    free(text);
}

/* GOOD */
static int try_to_send(const char *text)
{
    if (given(0) == 0) {
        return -1;
    }
    use(text, 8);
    return 0;
}

GOOD
{
    char *text = calloc(1, 64);

    if (text == NULL) {
        return;
    }
    memcpy(text, "message", 8);
    if (try_to_send(text) != 0) {
        show("not sent: %s\n", text);
    }
    free(text);
}
