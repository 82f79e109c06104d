/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-476: a pointer is checked after it was followed */
/* EXPECT: release=trap host=ubsan */
#include "../safety.h"

struct packet {
    size_t size;
    char bytes[8];
};

/* BAD */
__attribute__((noinline)) static size_t size_of(const struct packet *p)
{
    size_t size = p->size;

    if (p == NULL) {
        return 0;
    }
    return size;
}

BAD
{
    keep(NULL);
    show("%zu\n", size_of(kept()));
}

/* GOOD */
__attribute__((noinline)) static size_t size_or_none(const struct packet *p)
{
    return p == NULL ? 0 : p->size;
}

GOOD
{
    keep(NULL);
    show("%zu\n", size_or_none(kept()));
}
