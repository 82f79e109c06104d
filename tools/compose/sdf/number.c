/* SPDX-License-Identifier: BSD-2-Clause */
#include "attr.h"

/* The digit's value, or 16. */
static unsigned digit_value(char c)
{
    if (c >= '0' && c <= '9') {
        return (unsigned)(c - '0');
    }
    char low = (char)(c | 0x20);
    return low >= 'a' && low <= 'f' ? (unsigned)(low - 'a') + 10 : 16;
}

static const char *skip_ignored(const char *s)
{
    while (*s == '_') {
        s++;
    }
    return s;
}

static enum number_problem digits(const char *s, unsigned base, uint64_t *ret_value)
{
    uint64_t value = 0;
    bool is_huge = false, is_empty = true;

    for (; *s != '\0'; s++) {
        unsigned digit = digit_value(*s);
        if (*s == '_') {
            continue;
        }
        if (digit >= base) {
            return NUMBER_BAD;
        }
        is_empty = false;
        is_huge = is_huge || __builtin_mul_overflow(value, base, &value) ||
                  __builtin_add_overflow(value, digit, &value);
    }
    *ret_value = value;
    return is_empty ? NUMBER_BAD : is_huge ? NUMBER_HUGE : NUMBER_GOOD;
}

enum number_problem number_parse(const char *s, bool allows_hex, uint64_t *ret_value)
{
    const char *first = skip_ignored(s);

    if (*first == '-') {
        enum number_problem problem = digits(first + 1, 10, ret_value);
        return problem == NUMBER_BAD ? NUMBER_BAD : NUMBER_NEGATIVE;
    }
    if (*first == '0' && skip_ignored(first + 1)[0] == 'x') {
        enum number_problem problem = digits(skip_ignored(first + 1) + 1, 16, ret_value);
        return problem == NUMBER_GOOD && !allows_hex ? NUMBER_HEX : problem;
    }
    return digits(first, 10, ret_value);
}
