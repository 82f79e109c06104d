/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/format.h>

struct buffer {
    char *text;
    size_t size;
    size_t used; /* of the whole text, which may be longer than size */
};

static void put(void *arg, const char *text, size_t size)
{
    struct buffer *buffer = arg;

    for (size_t i = 0; i < size; i++, buffer->used++) {
        if (buffer->used < buffer->size) {
            buffer->text[buffer->used] = text[i];
        }
    }
}

size_t sk_vformat_buffer(char *text, size_t size, const char *format, va_list args)
{
    struct buffer buffer = {.text = text, .size = size};

    sk_vformat(put, &buffer, format, args);
    if (size != 0) {
        text[buffer.used < size ? buffer.used : size - 1] = '\0';
    }
    return buffer.used;
}

size_t sk_format(char *text, size_t size, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    size_t used = sk_vformat_buffer(text, size, format, args);
    va_end(args);
    return used;
}
