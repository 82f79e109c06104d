/*
 * A line that is being typed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define LINE_MAX 76

/* Keys that interrupt: Ctrl-C, and Ctrl-G where a terminal keeps that one for itself. */
#define LINE_CTRL_C 3
#define LINE_CTRL_G 7

struct line {
    char text[LINE_MAX + 1]; /* always ends with a NUL */
    size_t length;
    bool is_after_return; /* a newline that follows belongs to it */
    unsigned escape;      /* how far into a sequence of a key that is not known */
};

enum line_event {
    LINE_GOES_ON,
    LINE_ENTERED,  /* text is the line, until line_clear() */
    LINE_REFUSED,  /* the key does nothing here */
    LINE_ABANDONED /* by Ctrl-C or Ctrl-G */
};

/* How the terminal shows a key: ret_echo's text is to be sent. */
struct line_echo {
    char text[3 * LINE_MAX + 1];
    size_t length;
};

/*
 * A byte was typed: a character, Backspace or Delete, Ctrl-W (a word), Ctrl-U (the line),
 * Enter, Ctrl-C or Ctrl-G. Cursor keys and the like are swallowed whole, and refused.
 */
enum line_event line_type(struct line *l, char byte, struct line_echo *ret_echo);

void line_clear(struct line *l);
