/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-415: a structure that owns a block is copied, and both are closed */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

struct text {
    char *bytes;
    size_t size;
};

static void text_close(struct text *t)
{
    free(t->bytes);
    t->bytes = NULL;
}

/* BAD */
BAD
{
    struct text a = {malloc(40), 40};
    struct text b = a;

    keep(&b);
    text_close(&a);
    text_close(kept());
}

/* GOOD */
GOOD
{
    struct text a = {malloc(40), 40};
    struct text b = a;

    a.bytes = NULL;
    keep(&b);
    text_close(&a);
    text_close(kept());
}
