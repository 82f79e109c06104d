/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-416: a pointer into an array is used after the array has grown */
/* EXPECT: release=heap host=asan */
#include "../safety.h"

struct vector {
    long *items;
    size_t count;
    size_t room;
};

static bool add(struct vector *v, long item)
{
    if (v->count == v->room) {
        size_t room = v->room * 2 + 8;
        long *items = malloc(room * sizeof(*items));

        if (items == NULL) {
            return false;
        }
        memcpy(items, v->items, v->count * sizeof(*items));
        free(v->items);
        v->items = items;
        v->room = room;
    }
    v->items[v->count++] = item;
    return true;
}

/* BAD */
BAD
{
    struct vector v = {malloc(8 * sizeof(long)), 0, 8};

    for (int i = 0; i < 8; i++) {
        (void)add(&v, i);
    }
    long *first = &v.items[0];
    (void)add(&v, given(8));
    *first = 42;
    show("the first is %ld\n", v.items[0]);
    free(v.items);
}

/* GOOD */
GOOD
{
    struct vector v = {malloc(8 * sizeof(long)), 0, 8};

    for (int i = 0; i < 8; i++) {
        (void)add(&v, i);
    }
    (void)add(&v, given(8));
    v.items[0] = 42;
    show("the first is %ld\n", v.items[0]);
    free(v.items);
}
