/*
 * Numbers behind names: the kernel's tables and the documents want 12, not
 * seL4_PageBits. Understood are names, integers, parentheses, +, - and <<; anything
 * else has no number here, and stays an expression for the C compiler.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "idl.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 512 };

struct reader {
    const struct idl *idl;
    const char *next;
    int depth;
    bool is_bad;
};

static long long sum(struct reader *r);
static bool number_of(const struct idl *idl, const char *name, int depth, long long *ret);

static void skip_space(struct reader *r)
{
    while (*r->next == ' ') {
        r->next++;
    }
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

static long long atom(struct reader *r)
{
    skip_space(r);
    if (*r->next == '(') {
        r->next++;
        if (++r->depth > DEEPEST) {
            r->is_bad = true;
            return 0;
        }
        long long value = sum(r);
        skip_space(r);
        r->is_bad = r->is_bad || *r->next != ')';
        r->next += *r->next == ')' ? 1 : 0;
        return value;
    }
    if (*r->next == '-') {
        r->next++;
        if (++r->depth > DEEPEST) {
            r->is_bad = true;
            return 0;
        }
        return (long long)(0 - (unsigned long long)atom(r));
    }
    if (*r->next >= '0' && *r->next <= '9') {
        char *end = NULL;
        unsigned long long value = strtoull(r->next, &end, 0);
        r->next = end + strspn(end, "ulUL");
        return (long long)value;
    }
    size_t length = 0;
    while (is_name_char(r->next[length])) {
        length++;
    }
    const char *name = arena_copy(r->idl->arena, r->next, length);
    long long value = 0;
    r->is_bad = r->is_bad || length == 0 || !number_of(r->idl, name, r->depth + 1, &value);
    r->next += length;
    return value;
}

/* Overflow wraps: a nonsensical description must not be undefined behaviour here. */
static long long sum(struct reader *r)
{
    unsigned long long value = (unsigned long long)atom(r);
    while (!r->is_bad) {
        skip_space(r);
        if (*r->next == '+') {
            r->next++;
            value += (unsigned long long)atom(r);
        } else if (*r->next == '-') {
            r->next++;
            value -= (unsigned long long)atom(r);
        } else if (str_starts(r->next, "<<")) {
            r->next += 2;
            unsigned long long by = (unsigned long long)atom(r);
            value = by < 64 ? value << by : 0;
        } else {
            break;
        }
    }
    return (long long)value;
}

static bool evaluate(const struct idl *idl, const char *expression, int depth, long long *ret)
{
    struct reader r = {.idl = idl, .next = expression, .depth = depth};
    long long value = sum(&r);
    skip_space(&r);
    if (r.is_bad || *r.next != '\0') {
        return false;
    }
    *ret = value;
    return true;
}

static bool number_of(const struct idl *idl, const char *name, int depth, long long *ret)
{
    if (depth > DEEPEST) {
        return false;
    }
    if (str_starts(name, "CONFIG_")) {
        const struct symbol *symbol = config_find(idl->config, name + strlen("CONFIG_"));
        if (symbol == NULL || symbol->is_switch) {
            return false;
        }
        return evaluate(idl, symbol->value, depth, ret);
    }
    for (const struct named_value *v = idl->values; v != NULL; v = v->next) {
        if (!str_equal(v->name, name)) {
            continue;
        }
        /* Enumerators without a value count on from the last one that has one. */
        long long steps = 0;
        while (v->expression == NULL && v->before != NULL) {
            v = v->before;
            steps++;
        }
        long long value = 0;
        if (v->expression != NULL && !evaluate(idl, v->expression, depth + 1, &value)) {
            return false;
        }
        *ret = value + steps;
        return true;
    }
    return false;
}

bool idl_number(const struct idl *idl, const char *name, long long *ret_number)
{
    return evaluate(idl, name, 0, ret_number);
}
