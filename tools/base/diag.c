/* SPDX-License-Identifier: BSD-2-Clause */
#include "diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 20, MOST_KEPT = 1000, LONGEST_MESSAGE = 400 };

struct diag_message {
    struct diag_message *previous;
    struct place at;
    bool is_error;
    size_t number; /* in the order of coming */
    const char *what;
    const char *help;
};

/* Cut and cleaned: what is said contains names out of the input. */
static const char *clean(struct arena *a, const char *said)
{
    size_t length = strlen(said);
    char *text = length < LONGEST_MESSAGE
                     ? arena_copy(a, said, length)
                     : arena_printf(a, "%.*s...", (int)LONGEST_MESSAGE, said);

    for (char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) {
            *c = ' ';
        }
    }
    return text;
}

static void add(struct diag *d, struct place at, bool is_error, const char *help,
                const char *format, va_list args)
{
    char text[LONGEST_MESSAGE * 2];

    if (d->kept_count == MOST_KEPT) {
        return;
    }
    struct diag_message *m = arena_take(d->arena, sizeof(*m));
    vsnprintf(text, sizeof(text), format, args);
    *m = (struct diag_message){
        .previous = d->last,
        .at = at,
        .is_error = is_error,
        .number = d->kept_count++,
        .what = clean(d->arena, text),
        .help = help == NULL ? NULL : clean(d->arena, help),
    };
    d->last = m;
}

void diag_error(struct diag *d, struct place at, const char *help, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(d, at, true, help, format, args);
    va_end(args);
    d->error_count++;
}

void diag_warning(struct diag *d, struct place at, const char *help, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    add(d, at, false, help, format, args);
    va_end(args);
    d->warning_count++;
}

static int compare(const void *left, const void *right)
{
    const struct diag_message *a = *(const struct diag_message *const *)left;
    const struct diag_message *b = *(const struct diag_message *const *)right;

    if (a->at.line != b->at.line) {
        return a->at.line < b->at.line ? -1 : 1;
    }
    if (a->at.col != b->at.col) {
        return a->at.col < b->at.col ? -1 : 1;
    }
    return a->number < b->number ? -1 : 1;
}

static void print(const struct diag_message *m, FILE *out)
{
    const char *kind = m->is_error ? "error" : "warning";

    if (m->at.source == NULL) {
        fprintf(out, "%s: %s\n", kind, m->what);
    } else {
        int line = m->at.line == 0 ? 1 : m->at.line;
        int col = m->at.line == 0 ? 1 : m->at.col;
        fprintf(out, "%s:%d:%d: %s: %s\n", m->at.source->path, line, col, kind, m->what);
    }
    place_excerpt(m->at, out);
    if (m->help != NULL) {
        fprintf(out, "help: %s\n", m->help);
    }
}

static void print_rest(size_t count, size_t shown, const char *what, FILE *out)
{
    if (count > shown) {
        fprintf(out, "%zu more %s%s\n", count - shown, what, count - shown == 1 ? "" : "s");
    }
}

void diag_print(const struct diag *d, FILE *out)
{
    size_t errors = 0, warnings = 0;
    struct arena scratch = {0};
    const struct diag_message **sorted =
        arena_take(&scratch, (d->kept_count + 1) * sizeof(*sorted));

    for (const struct diag_message *m = d->last; m != NULL; m = m->previous) {
        sorted[m->number] = m;
    }
    qsort(sorted, d->kept_count, sizeof(*sorted), compare);
    for (size_t i = 0; i < d->kept_count; i++) {
        size_t *shown = sorted[i]->is_error ? &errors : &warnings;
        if (*shown < MOST_SHOWN) {
            (*shown)++;
            print(sorted[i], out);
        }
    }
    print_rest(d->error_count, errors, "error", out);
    print_rest(d->warning_count, warnings, "warning", out);
    arena_fini(&scratch);
}
