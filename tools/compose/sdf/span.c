/* SPDX-License-Identifier: BSD-2-Clause */
#include "span.h"

#include <inttypes.h>
#include <stdlib.h>

void spans_add(struct reader *r, struct spans *s, struct span span, uint64_t size)
{
    if (size == 0) {
        return;
    }
    /* The capacity is the power of two that count has reached. */
    if ((s->count & (s->count - 1)) == 0) {
        struct span *more = TAKE(r, struct span, s->count * 2 + 1);
        for (size_t i = 0; i < s->count; i++) {
            more[i] = s->list[i];
        }
        s->list = more;
    }
    if (__builtin_add_overflow(span.start, size - 1, &span.last)) {
        span.last = UINT64_MAX;
    }
    s->list[s->count++] = span;
}

static bool is_later(const struct span *a, const struct span *b)
{
    return a->at.line != b->at.line ? a->at.line > b->at.line : a->at.col > b->at.col;
}

static int compare(const void *left, const void *right)
{
    const struct span *a = left, *b = right;

    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return is_later(a, b) ? 1 : is_later(b, a) ? -1 : 0;
}

static const char *spell(struct reader *r, const struct span *s)
{
    if (s->is_decimal) {
        return s->start == s->last ? say(r, "%" PRIu64, s->start)
                                   : say(r, "%" PRIu64 " to %" PRIu64, s->start, s->last);
    }
    return say(r, "0x%" PRIx64 " to 0x%" PRIx64, s->start, s->last);
}

static void complain(struct reader *r, const struct span *a, const struct span *b,
                     const char *what, const char *help)
{
    const struct span *second = is_later(a, b) ? a : b;
    const struct span *first = second == a ? b : a;

    bad_attr(r, second->element, second->attr, second->at, help,
             "%s overlap: %s, and %s of %s (line %d)", what, spell(r, second), spell(r, first),
             first->name, first->at.line);
}

void spans_check(struct reader *r, struct spans *s, const char *what, const char *help)
{
    const struct span *farthest = NULL;

    if (s->count == 0) {
        return;
    }
    qsort(s->list, s->count, sizeof(*s->list), compare);
    for (size_t i = 0; i < s->count; i++) {
        const struct span *span = &s->list[i];
        if (farthest != NULL && span->start <= farthest->last) {
            complain(r, span, farthest, what, help);
        }
        if (farthest == NULL || span->last > farthest->last) {
            farthest = span;
        }
    }
}
