/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-367: a size in shared memory is checked, and then read again */
/* EXPECT: release=fortify host=asan */
#include "../safety.h"

struct shared {
    uint32_t size;
    char bytes[64];
};

static struct shared page = {.size = 8};

/* The other side of the page. */
static void change(void)
{
    struct shared *p = kept();

    p->size = (uint32_t)given(64);
}

/* BAD */
BAD
{
    char copy[16];
    struct shared *p = &page;

    keep(p);
    if (p->size <= sizeof(copy)) {
        change();
        memcpy(copy, p->bytes, p->size);
    }
    use(copy, 1);
}

/* GOOD */
GOOD
{
    char copy[16] = {0};
    struct shared *p = &page;
    uint32_t size = *(volatile uint32_t *)&p->size;

    keep(p);
    if (size <= sizeof(copy)) {
        change();
        memcpy(copy, p->bytes, size);
    }
    use(copy, 1);
}
