/* SPDX-License-Identifier: BSD-2-Clause */
#include "safety.h"

extern const struct safety_case __start_safety_cases[];
extern const struct safety_case __stop_safety_cases[];

static volatile unsigned char seen;
static void *volatile place;

long given(long value)
{
    return value;
}

char *given_text(char *text)
{
    return text;
}

void use(const void *bytes, size_t size)
{
    const unsigned char *byte = bytes;

    for (size_t i = 0; i < size; i++) {
        seen = (unsigned char)(seen + byte[i]);
    }
}

void keep(void *pointer)
{
    place = pointer;
}

void *kept(void)
{
    return place;
}

int text_format(char *buffer, size_t size, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int length = text_vformat(buffer, size, format, args);
    va_end(args);
    return length;
}

/* Is a case's file the one of this name? */
static bool is_named(const char *file, const char *name)
{
    const char *last = file;

    for (; *file != '\0'; file++) {
        last = *file == '/' ? file + 1 : last;
    }
    while (*name != '\0' && *last == *name) {
        last++;
        name++;
    }
    return *name == '\0' && strcmp(last, ".c") == 0;
}

int safety_main(const char *arguments)
{
    bool is_bad = arguments[0] == 'b';
    const char *name = strchr(arguments, ' ');
    int count = 0;

    for (const struct safety_case *c = __start_safety_cases; c < __stop_safety_cases; c++) {
        if ((c->which[0] == 'b') == is_bad && (name == NULL || is_named(c->file, name + 1))) {
            c->run();
            count++;
        }
    }
    show("safety: %d ended as if nothing had been\n", count);
    return count != 0 ? 0 : 1;
}
