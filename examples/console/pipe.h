/*
 * Bytes from one domain to another: a ring in a page that both have, and a channel to say that
 * there is something, or room.
 *
 * Nobody waits here. Who is notified by the other end reads until there is nothing, or writes
 * until there is no room, and is then notified again when that has changed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <microkit.h>
#include <selkie/base/attr.h>
#include <selkie/proto/ring.h>

enum { PIPE_PAGE = 0x1000, PIPE_BYTES = 2048 };

struct pipe_writer {
    struct sk_ring_producer ring;
    microkit_channel reader;
};

struct pipe_reader {
    struct sk_ring_consumer ring;
    microkit_channel writer;
};

/* Begin. A fresh page is an empty pipe. */
void pipe_writer_init(struct pipe_writer *w, uint8_t (*page)[PIPE_PAGE],
                      microkit_channel reader);
void pipe_reader_init(struct pipe_reader *r, uint8_t (*page)[PIPE_PAGE],
                      microkit_channel writer);

/* Write as much as there is room for, and return how much that was. */
size_t pipe_write(struct pipe_writer *w, const void *bytes, size_t size);

/* Format a line of at most 100 bytes, and write it: whole, or not at all. */
SK_PRINTF(2, 3) void pipe_printf(struct pipe_writer *w, const char *format, ...);

/* Read what is there, at most size bytes. */
size_t pipe_read(struct pipe_reader *r, void *ret_bytes, size_t size);

/* A line, while it comes. */
struct pipe_line {
    char text[80];
    size_t length;
    bool is_whole; /* all of it has been read */
};

/* Read on. True: line->text is a whole line, without its end; what is too long is cut off. */
bool pipe_read_line(struct pipe_reader *r, struct pipe_line *line);
