/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-476: the result of a search is used without a look */
/* EXPECT: analyzer release=trap host=ubsan */
#include "../safety.h"

struct entry {
    long key;
    long value;
};

static struct entry entries[] = {{1, 10}, {2, 20}};

__attribute__((noinline)) static struct entry *find(long key)
{
    for (size_t i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
        if (entries[i].key == key) {
            return &entries[i];
        }
    }
    return NULL;
}

/* BAD */
BAD
{
    show("%ld\n", find(given(3))->value);
}

/* GOOD */
GOOD
{
    const struct entry *e = find(given(3));

    show("%ld\n", e != NULL ? e->value : -1);
}
