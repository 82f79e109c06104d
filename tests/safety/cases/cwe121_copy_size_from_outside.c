/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-121: a message is copied with the size that its sender says */
/* EXPECT: release=fortify host=asan */
#include "../safety.h"

struct message {
    unsigned size;
    char text[100];
};

/* BAD */
static void receive(const struct message *m)
{
    char text[32];

    memcpy(text, m->text, m->size);
    use(text, sizeof(text));
}

BAD
{
    struct message m = {.size = (unsigned)given(80)};

    receive(&m);
}

/* GOOD */
static void receive_part(const struct message *m)
{
    char text[32] = {0};

    memcpy(text, m->text, m->size < sizeof(text) ? m->size : sizeof(text));
    use(text, sizeof(text));
}

GOOD
{
    struct message m = {.size = (unsigned)given(80)};

    receive_part(&m);
}
