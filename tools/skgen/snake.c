/* SPDX-License-Identifier: BSD-2-Clause */
#include "base.h"

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

const char *snake_case(struct arena *a, const char *name)
{
    struct text out = {0};
    for (const char *c = name; *c != '\0'; c++) {
        bool begins =
            is_upper(*c) && c != name && c[-1] != '_' && (!is_upper(c[-1]) || is_lower(c[1]));
        if (begins) {
            text_add(&out, "_", 1);
        }
        char low = is_upper(*c) ? (char)(*c - 'A' + 'a') : *c;
        text_add(&out, &low, 1);
    }
    const char *copy = arena_copy(a, out.data, out.length);
    text_fini(&out);
    return copy;
}
