/*
 * Functions that are written by hand: a header's <code file="..."/> is copied from a
 * file beside the description or from the source tree, with these replacements:
 *
 *     @NAME@     the value of the attribute NAME of the <code> element
 *
 * A file's first comment, which holds its licence line, is left out.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "emit.h"

#include <string.h>

enum { LONGEST_NAME = 32 };

static const char *skip_first_comment(const char *s)
{
    if (str_starts(s, "/*")) {
        const char *end = strstr(s, "*/");
        s = end == NULL ? s : end + 2;
    }
    return s + strspn(s, "\n");
}

static struct place place_of(const struct source *source, const char *s)
{
    struct place at = {.source = source, .line = 1, .col = 1};
    for (const char *c = source->text; c < s; c++) {
        at.line += *c == '\n' ? 1 : 0;
        at.col = *c == '\n' ? 1 : at.col + 1;
    }
    return at;
}

/* If s begins with @NAME@, add the value and return what follows; else return NULL. */
static const char *replace(const struct xml_node *item, const struct source *source,
                           const char *s, struct text *out)
{
    const char *end = strchr(s + 1, '@');
    char name[LONGEST_NAME];
    if (end == NULL || (size_t)(end - s) > sizeof(name) ||
        memchr(s, '\n', (size_t)(end - s)) != NULL) {
        return NULL;
    }
    memcpy(name, s + 1, (size_t)(end - s) - 1);
    name[end - s - 1] = '\0';
    const char *value = xml_attr(item, name);
    if (value == NULL) {
        refuse(place_of(source, s), "set it as an attribute of the <code> element",
               "nothing replaces '@%s@'", name);
    }
    text_adds(out, value);
    return end + 1;
}

/* Values may make a line too long: it is then broken after a comma. */
static void add_lines(struct text *out, const char *s)
{
    while (*s != '\0') {
        size_t length = strcspn(s, "\n");
        size_t indent = strspn(s, " ");
        while (length > COLUMNS) {
            size_t end = COLUMNS;
            while (end > indent && !(s[end - 1] == ',' && s[end] == ' ')) {
                end--;
            }
            if (end == indent) {
                break;
            }
            text_add(out, s, end);
            text_addf(out, "\n%*s", (int)indent + 3, "");
            s += end;
            length -= end;
        }
        text_add(out, s, length);
        s += length;
        text_add(out, "\n", *s == '\n' ? 1 : 0);
        s += *s == '\n' ? 1 : 0;
    }
}

void emit_code(const struct gen *g, const struct xml_node *item, struct text *out)
{
    const struct source *source =
        idl_source(g->idl, xml_need(g->arena, item, "file"), item->at);
    const char *s = skip_first_comment(source->text);
    struct text code = {0};
    emit_comment(out, 0, NULL, place_of(source, s));
    while (*s != '\0') {
        size_t length = strcspn(s, "@");
        text_add(&code, s, length);
        s += length;
        if (*s == '@') {
            const char *after = replace(item, source, s, &code);
            text_add(&code, "@", after == NULL ? 1 : 0);
            s = after == NULL ? s + 1 : after;
        }
    }
    add_lines(out, code.data == NULL ? "" : code.data);
    text_adds(out, "\n");
    text_fini(&code);
}
