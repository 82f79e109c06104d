/* SPDX-License-Identifier: BSD-2-Clause */
#include "bits.h"

enum { MOST_WORDS = 256 };

void bits_add_block(struct bits *bits, struct bit_block *block)
{
    struct bit_block **tail = &bits->blocks;
    while (*tail != NULL) {
        tail = &(*tail)->next;
    }
    *tail = block;
}

void bits_add_union(struct bits *bits, struct bit_union *u)
{
    struct bit_union **tail = &bits->unions;
    while (*tail != NULL) {
        tail = &(*tail)->next;
    }
    *tail = u;
}

void bits_add_field(struct bit_block *block, struct bit_field *field)
{
    struct bit_field **tail = &block->fields;
    while (*tail != NULL) {
        tail = &(*tail)->next;
    }
    *tail = field;
}

void bits_add_tag(struct bit_union *u, struct bit_tag *tag)
{
    struct bit_tag **tail = &u->tags;
    while (*tail != NULL) {
        tail = &(*tail)->next;
    }
    *tail = tag;
}

const struct bit_field *bits_field(const struct bit_block *block, const char *name)
{
    for (const struct bit_field *f = block->fields; f != NULL; f = f->next) {
        if (f->name != NULL && str_equal(f->name, name)) {
            return f;
        }
    }
    return NULL;
}

static void place_fields(const struct bits *bits, struct bit_block *block)
{
    unsigned total = 0;
    for (struct bit_field *f = block->fields; f != NULL; f = f->next) {
        if (f->bits == 0 || f->bits > MOST_WORDS * bits->word_bits ||
            (f->name != NULL && f->bits > bits->word_bits)) {
            refuse(f->at, "a field has from 1 bit to a word",
                   "a size of %u bits is out of range", f->bits);
        }
        if (f->name != NULL && bits_field(block, f->name) != f) {
            refuse(f->at, "give each field a name of its own", "field '%s' is there twice",
                   f->name);
        }
        total += f->bits;
        if (total > MOST_WORDS * bits->word_bits) {
            refuse(f->at, "split the type", "block '%s' is longer than %d words", block->name,
                   MOST_WORDS);
        }
    }
    if (total == 0 || total % bits->word_bits != 0) {
        refuse(block->at, "add padding", "block '%s' has %u bits, not a multiple of %u",
               block->name, total, bits->word_bits);
    }
    block->bits = total;
    unsigned end = total;
    for (struct bit_field *f = block->fields; f != NULL; f = f->next) {
        end -= f->bits;
        f->offset = end;
        bool is_split = f->offset / bits->word_bits != (end + f->bits - 1) / bits->word_bits;
        if (f->name != NULL && is_split) {
            refuse(f->at, "move it with padding", "field '%s' crosses a word", f->name);
        }
    }
}

static void check_tag(const struct bit_union *u, const struct bit_tag *tag)
{
    const struct bit_tag *first = u->tags;
    const struct bit_field *field = bits_field(tag->block, u->tag_field);
    if (field == NULL) {
        refuse(tag->block->at, "every block of a union holds the tag",
               "block '%s' has no field '%s'", tag->block->name, u->tag_field);
    }
    const struct bit_field *first_field = bits_field(first->block, u->tag_field);
    if (field->offset != first_field->offset || field->bits != first_field->bits ||
        tag->block->bits != first->block->bits) {
        refuse(tag->block->at, "give all blocks of a union one size, the tag at one place",
               "block '%s' is laid out unlike '%s'", tag->block->name, first->block->name);
    }
    if (field->bits < 32 && tag->value >> field->bits != 0) {
        refuse(tag->at, "use a smaller number", "tag %u does not fit into %u bits", tag->value,
               field->bits);
    }
    for (const struct bit_tag *t = first; t != tag; t = t->next) {
        if (t->value == tag->value || str_equal(t->name, tag->name)) {
            refuse(tag->at, "give each block a tag of its own", "tag %s %u is there twice",
                   tag->name, tag->value);
        }
    }
}

static void join_union(struct arena *a, struct bits *bits, struct bit_union *u)
{
    size_t count = 0;
    for (const struct bit_block *b = bits->blocks; b != NULL; b = b->next) {
        count++;
    }
    const char **names = arena_take(a, (count + 1) * sizeof(names[0]));
    count = 0;
    for (const struct bit_block *b = bits->blocks; b != NULL; b = b->next) {
        names[count++] = b->name;
    }
    if (u->tags == NULL) {
        refuse(u->at, "list its blocks", "union '%s' is empty", u->name);
    }
    for (struct bit_tag *tag = u->tags; tag != NULL; tag = tag->next) {
        for (struct bit_block *b = bits->blocks; b != NULL; b = b->next) {
            if (str_equal(b->name, tag->name)) {
                tag->block = b;
                b->is_in_union = true;
            }
        }
        if (tag->block == NULL) {
            refuse(tag->at,
                   suggest(a, tag->name, names, count, "describe the block in this file"),
                   "unknown block '%s'", tag->name);
        }
        check_tag(u, tag);
    }
}

void bits_finish(struct arena *a, struct bits *bits)
{
    for (struct bit_block *b = bits->blocks; b != NULL; b = b->next) {
        for (const struct bit_block *before = bits->blocks; before != b;
             before = before->next) {
            if (str_equal(before->name, b->name)) {
                refuse(b->at, "delete one of them", "block '%s' is there twice", b->name);
            }
        }
        place_fields(bits, b);
    }
    for (struct bit_union *u = bits->unions; u != NULL; u = u->next) {
        join_union(a, bits, u);
    }
}
