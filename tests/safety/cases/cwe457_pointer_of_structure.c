/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-457: a pointer in a structure is not set before it is followed */
/* EXPECT: release=fault host=ubsan */
#include "../safety.h"

struct view {
    size_t size;
    const char *text;
};

__attribute__((noinline)) static void view_show(const struct view *v)
{
    show("%c\n", v->text[0]);
}

/* BAD */
BAD
{
    struct view v;

    v.size = (size_t)given(4);
    view_show(&v);
}

/* GOOD */
GOOD
{
    struct view v;

    v.size = (size_t)given(4);
    v.text = "text";
    view_show(&v);
}
