/*
 * A model and what was found, compared up to names: which found object is which of the model
 * is decided where it is met first, and must then be so everywhere.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include "found.h"

struct audit {
    json_t *model;
    struct found found;
    json_t *object_of; /* the model's object, by name */
    json_t *met;       /* the model's "name[index]" -> found name */
    json_t *owner;     /* the other way round */
    json_t *handed;    /* found names of handed-over memory */
    unsigned problem_count;
};

/* Something differs: where, and how. */
void differs(struct audit *a, const char *where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Numbers of the model's, which writes large ones as text. */
uint64_t number(const json_t *of, const char *key);
const char *text(const json_t *of, const char *key);

/*
 * A found capability "NAME (ATTRIBUTES)" is to be of the model's object, which has this index,
 * with these attributes; NULL: any. The objects' kinds and sizes are compared when they first
 * meet. Where says what lies there.
 */
void meet(struct audit *a, const char *where, const char *found, const char *object,
          uint64_t index, const char *attributes);

/* The found name of the model's object, or NULL: not met. */
const char *met_name(const struct audit *a, const char *object, uint64_t index);

/* expect.c: what the model's object would be in the objects' list; "" if that is not known. */
void expect_object(const struct audit *a, const json_t *object, char *line, size_t size);

/* expect.c: how it would be called; "" if that can be anything. */
void expect_name(const json_t *object, uint64_t index, char *line, size_t size);

/* expect.c: and its capability, the attributes; NULL: nothing to compare. */
const char *expect_cap(const struct audit *a, const json_t *cap, char *line, size_t size);

/* The prefix of names of objects of that kind. */
const char *expect_prefix(const json_t *object);

/* space.c: are the tables of this VSpace as the model says? */
void compare_space(struct audit *a, const char *vspace);
