/* SPDX-License-Identifier: BSD-2-Clause */
/* CWE-843: a variant is read as another than it was written as */
/* EXPECT: release=fault host=asan */
#include "../safety.h"

struct value {
    enum { NUMBER, TEXT } kind;
    union {
        long number;
        const char *text;
    };
};

/* BAD */
__attribute__((noinline)) static void value_show(const struct value *v)
{
    show("%s\n", v->text);
}

BAD
{
    struct value v = {.kind = NUMBER, .number = given(0x1234)};

    value_show(&v);
}

/* GOOD */
__attribute__((noinline)) static void value_show_kind(const struct value *v)
{
    if (v->kind == TEXT) {
        show("%s\n", v->text);
    } else {
        show("%ld\n", v->number);
    }
}

GOOD
{
    struct value v = {.kind = NUMBER, .number = given(0x1234)};

    value_show_kind(&v);
}
