/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-416: a shared block is freed while another structure has it */
/* EXPECT: gcc analyzer release=heap host=asan */
/* FALSE ALARM: analyzer */
#include "../safety.h"

struct shared {
    int references;
    long value[6];
};

static struct shared *share_new(void)
{
    struct shared *s = calloc(1, sizeof(*s));

    if (s != NULL) {
        s->references = 1;
    }
    return s;
}

static void share_drop(struct shared *s)
{
    if (--s->references == 0) {
        free(s);
    }
}

/* BAD */
BAD
{
    struct shared *a = share_new();
    struct shared *b = a; /* should count */

    if (a != NULL) {
        share_drop(a);
        b->value[3] = given(7);
        share_drop(b);
    }
}

/* GOOD */
GOOD
{
    struct shared *a = share_new();
    struct shared *b = a;

    if (a != NULL) {
        b->references++;
        share_drop(a);
        b->value[3] = given(7);
        share_drop(b);
    }
}
