/*
 * Bit-packed types: blocks of fields in words, and unions of blocks told apart by a tag.
 *
 * They come from our own XML (<block> and <union>) or, for an installed kernel, from
 * its .pbf files. Fields are listed from the highest bit down; none crosses a word.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "config.h"
#include "xml.h"

struct bit_field {
    struct bit_field *next;
    const char *name; /* NULL for padding */
    unsigned bits;
    unsigned offset; /* of its lowest bit, from the lowest bit of the block */
    struct place at;
};

struct bit_block {
    struct bit_block *next;
    const char *name;
    struct bit_field *fields;
    unsigned bits;
    bool is_in_union;
    const char *brief; /* may be NULL */
    struct place at;
};

struct bit_tag {
    struct bit_tag *next;
    const char *name;
    unsigned value;
    const struct bit_block *block;
    struct place at;
};

struct bit_union {
    struct bit_union *next;
    const char *name;
    const char *tag_field;
    struct bit_tag *tags;
    const char *brief; /* may be NULL */
    struct place at;
};

/* The types of one header, in the order of the file they came from. */
struct bits {
    unsigned word_bits;
    const struct source *pbf; /* NULL when they came from our XML */
    struct bit_block *blocks;
    struct bit_union *unions;
};

/* Read a kernel's preprocessed .pbf file. */
struct bits bits_read_pbf(struct arena *a, const struct source *source);

/* Read the <block> and <union> elements of a header; those unwanted are left out. */
struct bits bits_read_xml(struct arena *a, const struct config *c, const struct xml_node *n);

/* Place the fields, join unions with their blocks, and check all of it. */
void bits_finish(struct arena *a, struct bits *bits);

/* Add to the end of a list. */
void bits_add_block(struct bits *bits, struct bit_block *block);
void bits_add_union(struct bits *bits, struct bit_union *u);
void bits_add_field(struct bit_block *block, struct bit_field *field);
void bits_add_tag(struct bit_union *u, struct bit_tag *tag);

/* The field of a block with this name, or NULL. */
const struct bit_field *bits_field(const struct bit_block *block, const char *name);
