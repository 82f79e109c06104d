/*
 * XML files as trees that remember where each element and each attribute stood.
 *
 * The tree is complete: text between elements is kept as nodes of its own. Files are UTF-8,
 * without a document type (which could bring entity bombs), of at most a million elements,
 * and not nested deeper than 1100, so that trees may be walked by recursion.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "source.h"

struct xml_attr {
    struct xml_attr *next;
    const char *name;
    const char *value;
    struct place at;       /* of its name */
    struct place value_at; /* of the first character between its quotes */
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

struct xml_problem {
    struct place at;
    const char *what;
    const char *help;
};

/* The root element, or NULL: *ret_problem says what the file cannot be read for. */
struct xml_node *xml_read(struct arena *a, const struct source *source,
                          struct xml_problem *ret_problem);

/* The place of the first character of a text node that is not white space. False: all is. */
bool xml_text_place(const struct xml_node *text, struct place *ret_place);

/* The value of an attribute, or NULL if it is absent. */
const char *xml_attr(const struct xml_node *n, const char *name);

/* The first child element with this name, or NULL. */
struct xml_node *xml_child(const struct xml_node *n, const char *name);

/* The first, the next element at this level (text is skipped), or NULL. */
struct xml_node *xml_first(const struct xml_node *n);
struct xml_node *xml_next(const struct xml_node *n);
