/*
 * The whole interface for one configuration: our description in idl/sel4, and the
 * invocations, system calls and bit-packed types, from there or from a kernel's prefix.
 *
 * idl/sel4/sel4.xml lists the files. A description file holds <header> elements; a
 * header's items appear in the C header of that path in the order given. Two files may
 * describe the same header: the items are put one after the other, in sel4.xml's order.
 * idl/sel4/README.md has the schema.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "api.h"
#include "bits.h"
#include "config.h"

/* A <header> element of some file; several may share one path. */
struct header_piece {
    struct header_piece *next;
    const struct xml_node *node;
};

struct header {
    struct header *next;
    const char *path; /* sel4/types.h */
    struct header_piece *pieces;
    struct bits bits; /* the bit-packed types of all pieces */
};

/* A name that stands for a number: a constant or an enumerator. */
struct named_value {
    struct named_value *next;
    const char *name;
    const char *expression;           /* NULL: one more than the enumerator before */
    const struct named_value *before; /* in the same enumeration */
    const struct xml_node *node;
};

struct idl {
    struct arena *arena;
    const struct config *config;
    const char *folder; /* as given */
    const char *prefix; /* of an installed kernel, or NULL */
    const struct source *manifest;
    struct header *headers;
    struct named_value *values;
    struct api api;
    const struct xml_node *typed; /* what cap.xml says, or NULL */
};

enum type_kind {
    TYPE_INTEGER, /* bits wide */
    TYPE_BLOCK,   /* a bit-packed type of one word, passed by value */
    TYPE_STRUCT,  /* words, passed by address */
};

struct type {
    enum type_kind kind;
    unsigned bits;
    bool is_cap; /* passed in the message's capability slots, not in its words */
    const char *const *members;
    size_t member_count;
};

/* Read everything. prefix may be NULL. */
void idl_read(struct idl *idl, struct arena *a, const struct config *c, const char *folder,
              const char *prefix);

/* Read a file below the description's folder, or below the prefix, or fail. */
const struct source *idl_source(const struct idl *idl, const char *file, struct place at);

/* The type with this name, or fail at a place with a suggestion. */
struct type idl_type(const struct idl *idl, const char *name, struct place at);

/* The number a constant or enumerator has here; *ret_number is set only if it is one. */
bool idl_number(const struct idl *idl, const char *name, long long *ret_number);

/* Call visit for each wanted item of a header, groups opened; order is that of the C. */
void idl_each_item(const struct idl *idl, const struct header *h,
                   void (*visit)(void *user, const struct xml_node *item), void *user);
