/* SPDX-License-Identifier: BSD-2-Clause */
#include "pipe.h"

#include <stdarg.h>

#include <selkie/rt/format.h>
#include <selkie/rt/panic.h>

enum { LINE_MAX = 100 };

/* Without a format that one end would have to write first: zeros are an empty ring. */
static struct sk_ring_layout layout(void)
{
    struct sk_ring_layout l = sk_ring_layout(PIPE_BYTES, 1);

    l.format = SK_RING_NOWHERE;
    return l;
}

/* Notifications go by channels, so the ring knows none. */
void pipe_writer_init(struct pipe_writer *w, uint8_t (*page)[PIPE_PAGE],
                      microkit_channel reader)
{
    struct sk_ring_layout l = layout();
    struct sk_ring_memory memory = {.queue = page, .queue_size = sizeof(*page)};

    w->reader = reader;
    if (sk_ring_producer_init(&w->ring, &l, &memory, (sk_notification){0},
                              (sk_notification){0}) != SK_OK) {
        sk_panic("the page at %p is no pipe", (void *)page);
    }
}

void pipe_reader_init(struct pipe_reader *r, uint8_t (*page)[PIPE_PAGE],
                      microkit_channel writer)
{
    struct sk_ring_layout l = layout();
    struct sk_ring_memory memory = {.queue = page, .queue_size = sizeof(*page)};

    r->writer = writer;
    if (sk_ring_consumer_init(&r->ring, &l, &memory, (sk_notification){0},
                              (sk_notification){0}) != SK_OK) {
        sk_panic("the page at %p is no pipe", (void *)page);
    }
}

/* What cannot be written because the reader has broken the ring is lost, like the reader. */
size_t pipe_write(struct pipe_writer *w, const void *bytes, size_t size)
{
    size_t done = 0;

    while (done < size) {
        uint32_t count = 0;
        sk_err err = sk_ring_push_some(&w->ring, (const char *)bytes + done,
                                       (uint32_t)(size - done), &count);
        done += count;
        if (sk_ring_producer_must_ring(&w->ring)) {
            microkit_notify(w->reader);
        }
        if (err != SK_OK && (err != SK_ERR_NOT_READY || !sk_ring_producer_ask(&w->ring))) {
            break;
        }
    }
    return done;
}

void pipe_printf(struct pipe_writer *w, const char *format, ...)
{
    char line[LINE_MAX + 1];
    va_list args;

    va_start(args, format);
    size_t size = sk_vformat_buffer(line, sizeof(line), format, args);
    va_end(args);
    (void)pipe_write(w, line, size < LINE_MAX ? size : LINE_MAX);
}

size_t pipe_read(struct pipe_reader *r, void *ret_bytes, size_t size)
{
    uint32_t count = 0;
    sk_err err;

    do {
        err = sk_ring_pop_some(&r->ring, ret_bytes, (uint32_t)size, &count);
    } while (err == SK_ERR_NOT_READY && sk_ring_consumer_ask(&r->ring));
    if (sk_ring_consumer_must_ring(&r->ring)) {
        microkit_notify(r->writer);
    }
    return err == SK_OK ? count : 0;
}

bool pipe_read_line(struct pipe_reader *r, struct pipe_line *line)
{
    char byte;

    if (line->is_whole) {
        *line = (struct pipe_line){0};
    }
    while (!line->is_whole && pipe_read(r, &byte, 1) != 0) {
        line->is_whole = byte == '\n';
        if (!line->is_whole && line->length < sizeof(line->text) - 1) {
            line->text[line->length++] = byte;
        }
    }
    line->text[line->length] = '\0';
    return line->is_whole;
}
