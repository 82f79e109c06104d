/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-127: the last element of an empty list is read */
/* EXPECT: release=trap */
#include "../safety.h"

struct list {
    size_t count;
    int items[8];
};

/* BAD */
static int last(const struct list *l)
{
    return l->items[l->count - 1];
}

BAD
{
    struct list l = {.count = (size_t)given(0)};

    show("%d\n", last(&l));
}

/* GOOD */
static int last_or_none(const struct list *l)
{
    return l->count > 0 ? l->items[l->count - 1] : -1;
}

GOOD
{
    struct list l = {.count = (size_t)given(0)};

    show("%d\n", last_or_none(&l));
}
