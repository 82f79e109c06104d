/*
 * XML files as trees that remember where each element stood.
 *
 * The tree is complete: text between elements is kept as nodes of its own, so that a
 * description with markup inside can be turned into a comment or into Markdown.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "base.h"

struct xml_attr {
    struct xml_attr *next;
    const char *name;
    const char *value;
};

struct xml_node {
    const char *name; /* NULL for text */
    const char *text; /* NULL for an element */
    struct xml_attr *attrs;
    struct xml_node *parent;
    struct xml_node *first;
    struct xml_node *last;
    struct xml_node *next;
    struct place at;
};

/* The root element. Malformed XML ends in refuse(). */
struct xml_node *xml_parse(struct arena *a, const struct source *source);

/* The value of an attribute; xml_attr returns NULL if it is absent, xml_need fails. */
const char *xml_attr(const struct xml_node *n, const char *name);
const char *xml_need(struct arena *a, const struct xml_node *n, const char *name);

/* Fail if n has an attribute that is not one of these, given with blanks between. */
void xml_allow(struct arena *a, const struct xml_node *n, const char *names);

/* "true" or "false"; absent is false, anything else fails. */
bool xml_flag(const struct xml_node *n, const char *name);

/* The first child element with this name, or NULL. */
struct xml_node *xml_child(const struct xml_node *n, const char *name);

/* The first, the next element at this level (text is skipped), or NULL. */
struct xml_node *xml_first(const struct xml_node *n);
struct xml_node *xml_next(const struct xml_node *n);

/* Refuse with a suggestion: n is not one of the elements allowed where it stands. */
[[gnu::noreturn]] void xml_unexpected(struct arena *a, const struct xml_node *n,
                                      const char *const *allowed, size_t allowed_count);

/*
 * The prose of n in one line: white space runs become a blank, markup elements are
 * replaced by what they stand for, references into the seL4 manual are dropped.
 * With is_markdown, code is put between backquotes and lists become "- " lines.
 */
void xml_prose(struct text *out, const struct xml_node *n, bool is_markdown);
