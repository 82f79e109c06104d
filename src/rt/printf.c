/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/print.h>

#include <selkie/rt/format.h>
#include <selkie/rt/sink.h>

/* Pieces are gathered, so that one sk_printf is mostly one write to the sink. */
struct line {
    size_t used;
    char text[120];
};

static void flush(struct line *line)
{
    sk_sink_write(line->text, line->used);
    line->used = 0;
}

static void put(void *arg, const char *text, size_t size)
{
    struct line *line = arg;

    for (size_t i = 0; i < size; i++) {
        if (line->used == sizeof(line->text)) {
            flush(line);
        }
        line->text[line->used++] = text[i];
    }
}

void sk_vprintf(const char *format, va_list args)
{
    struct line line;

    line.used = 0; /* The text needs no initial value. */
    sk_vformat(put, &line, format, args);
    flush(&line);
}

void sk_printf(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    sk_vprintf(format, args);
    va_end(args);
}
