/* SPDX-License-Identifier: BSD-2-Clause */
#include "read.h"

#include <stdbool.h>
#include <stddef.h>

#include <selkie/base/assert.h>
#include <selkie/rt/heap.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/string.h>

void settings_drop(settings *list)
{
    while (list->first != NULL) {
        struct setting *next = list->first->next;

        free(list->first->name);
        free(list->first);
        list->first = next;
    }
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Who finds a mistake need not know who is to free what is half made. */
static unsigned long read_number(const char *text)
{
    unsigned long value = 0;

    if (*text == '\0') {
        sk_panic("there is no number");
    }
    for (; *text != '\0'; text++) {
        if (!is_digit(*text)) {
            sk_panic("a number has no '%c'", *text);
        }
        if (__builtin_mul_overflow(value, 10ul, &value) ||
            __builtin_add_overflow(value, (unsigned long)(*text - '0'), &value)) {
            sk_panic("the number is too large");
        }
    }
    return value;
}

static void *take(size_t size)
{
    void *block = calloc(1, size);

    if (block == NULL) {
        sk_panic("the heap is full");
    }
    return block;
}

void settings_read(settings *list, const char *line)
{
    size_t length = 0;

    while (line[length] != '=' && line[length] != '\0') {
        length++;
    }
    /* From here on it is freed, however this function is left. */
    SK_AUTO(settings) made = {take(sizeof(*made.first))};

    made.first->name = take(length + 1);
    memcpy(made.first->name, line, length);
    if (line[length] == '\0') {
        sk_panic("'%s' is set to nothing", made.first->name);
    }
    made.first->value = read_number(line + length + 1);
    made.first->next = list->first;
    *list = SK_MOVE(made);
}
