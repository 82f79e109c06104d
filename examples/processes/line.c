/* SPDX-License-Identifier: BSD-2-Clause */
#include "line.h"

enum { BACKSPACE = 8, CTRL_U = 21, CTRL_W = 23, ESCAPE = 27, DELETE = 127 };

/* How far an escape sequence has come: ESC, then [ or O, then bytes up to a letter or ~. */
enum { OUTSIDE, BEGUN, INSIDE };

static void echo(struct line_echo *e, const char *text)
{
    while (*text != '\0') {
        e->text[e->length++] = *text++;
    }
}

static void erase(struct line *l, struct line_echo *e)
{
    l->text[--l->length] = '\0';
    echo(e, "\b \b");
}

static void erase_word(struct line *l, struct line_echo *e)
{
    while (l->length > 0 && l->text[l->length - 1] == ' ') {
        erase(l, e);
    }
    while (l->length > 0 && l->text[l->length - 1] != ' ') {
        erase(l, e);
    }
}

static enum line_event append(struct line *l, char byte, struct line_echo *e)
{
    if (byte < ' ' || byte > '~' || l->length == LINE_MAX) {
        return LINE_REFUSED;
    }
    l->text[l->length++] = byte;
    l->text[l->length] = '\0';
    e->text[e->length++] = byte;
    return LINE_GOES_ON;
}

/* A byte of an escape sequence. */
static enum line_event escape(struct line *l, char byte)
{
    if (l->escape == BEGUN) {
        l->escape = byte == '[' || byte == 'O' ? INSIDE : OUTSIDE;
    } else if (byte >= '@' && byte <= '~') {
        l->escape = OUTSIDE;
    }
    return l->escape == OUTSIDE ? LINE_REFUSED : LINE_GOES_ON;
}

static enum line_event edit(struct line *l, char byte, struct line_echo *e)
{
    bool is_empty = l->length == 0;

    switch (byte) {
    case BACKSPACE:
    case DELETE:
        if (!is_empty) {
            erase(l, e);
        }
        break;
    case CTRL_W:
        erase_word(l, e);
        break;
    case CTRL_U:
        while (l->length > 0) {
            erase(l, e);
        }
        break;
    case ESCAPE:
        l->escape = BEGUN;
        return LINE_GOES_ON;
    default:
        return append(l, byte, e);
    }
    return is_empty ? LINE_REFUSED : LINE_GOES_ON;
}

enum line_event line_type(struct line *l, char byte, struct line_echo *ret_echo)
{
    bool is_after_return = l->is_after_return;

    ret_echo->length = 0;
    l->is_after_return = byte == '\r';
    if (l->escape != OUTSIDE) {
        return escape(l, byte);
    }
    if (byte == '\r' || byte == '\n') {
        return byte == '\n' && is_after_return ? LINE_GOES_ON : LINE_ENTERED;
    }
    if (byte == LINE_CTRL_C || byte == LINE_CTRL_G) {
        echo(ret_echo, byte == LINE_CTRL_C ? "^C" : "^G");
        return LINE_ABANDONED;
    }
    return edit(l, byte, ret_echo);
}

void line_clear(struct line *l)
{
    l->length = 0;
    l->text[0] = '\0';
}
