/* SPDX-License-Identifier: BSD-2-Clause */
#include "arguments.h"

#include <selkie/arch/rt/semihosting.h>
#include <selkie/rt/format.h>

#define MAX_WORDS ((int)(sizeof((struct arguments *)0)->words / sizeof(char *)))

static bool equals(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

static bool starts_with(const char *text, const char *word)
{
    while (*word != '\0' && *text == *word) {
        text++;
        word++;
    }
    return *word == '\0';
}

static bool contains(const char *text, const char *word)
{
    for (; *text != '\0'; text++) {
        if (starts_with(text, word)) {
            return true;
        }
    }
    return false;
}

void arguments_read(struct arguments *ret_arguments)
{
    struct arguments *a = ret_arguments;
    struct {
        char *text;
        uintptr_t size;
    } block = {a->text, sizeof(a->text)};
    bool is_program = true;

    *a = (struct arguments){0};
    if (sk_arch_semihosting_call(SK_ARCH_SEMIHOSTING_GET_CMDLINE, &block) != 0) {
        return;
    }
    for (char *next = a->text; *next != '\0' && a->count < MAX_WORDS;) {
        char *word = next;

        while (*next != '\0' && *next != ' ') {
            next++;
        }
        while (*next == ' ') {
            *next++ = '\0';
        }
        if (equals(word, "--list")) {
            a->is_list = true;
        } else if (equals(word, "--cover")) {
            a->is_cover = true;
        } else if (!is_program) {
            a->words[a->count++] = word;
        }
        is_program = false;
    }
}

bool arguments_match(const struct arguments *arguments, const struct test *test)
{
    char name[200];

    sk_format(name, sizeof(name), "%s/%s", test->object, test->name);
    bool is_broken = equals(test->object, "broken"); /* only when called so */
    for (int i = 0; i < arguments->count; i++) {
        const char *word = arguments->words[i];

        if (is_broken ? starts_with(word, "broken") && contains(name, word)
                      : contains(name, word)) {
            return true;
        }
    }
    return arguments->count == 0 && !is_broken;
}
