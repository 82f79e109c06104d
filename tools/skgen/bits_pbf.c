/*
 * The kernel's preprocessed bit-field files:
 *
 *     base 64
 *     block NAME { padding BITS   field NAME BITS ... }
 *     tagged_union NAME TAG_FIELD { tag BLOCK VALUE ... }
 *
 * "--" begins a comment.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "bits.h"

#include <stdlib.h>
#include <string.h>

struct scanner {
    struct arena *arena;
    const struct source *source;
    const char *next;
    int line;
    int col;
    const char *word; /* the current word; "" at the end */
    struct place at;  /* where it stands */
};

static void step(struct scanner *s)
{
    s->col++;
    if (*s->next == '\n') {
        s->line++;
        s->col = 1;
    }
    s->next++;
}

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_';
}

static void advance(struct scanner *s)
{
    while (*s->next != '\0') {
        if (strchr(" \t\r\n", *s->next) != NULL) {
            step(s);
        } else if (str_starts(s->next, "--")) {
            while (*s->next != '\0' && *s->next != '\n') {
                step(s);
            }
        } else {
            break;
        }
    }
    s->at = (struct place){s->source, s->line, s->col};
    const char *start = s->next;
    if (*start != '\0' && !is_word_char(*start)) {
        step(s);
    } else {
        while (is_word_char(*s->next)) {
            step(s);
        }
    }
    s->word = arena_copy(s->arena, start, (size_t)(s->next - start));
}

static bool take(struct scanner *s, const char *word)
{
    if (!str_equal(s->word, word)) {
        return false;
    }
    advance(s);
    return true;
}

static void expect(struct scanner *s, const char *word)
{
    if (!take(s, word)) {
        refuse(s->at, "see the grammar in tools/skgen/bits_pbf.c", "expected '%s', found '%s'",
               word, *s->word == '\0' ? "the end of the file" : s->word);
    }
}

static const char *take_name(struct scanner *s)
{
    if (!is_word_char(s->word[0]) || (s->word[0] >= '0' && s->word[0] <= '9')) {
        refuse(s->at, "see the grammar in tools/skgen/bits_pbf.c",
               "expected a name, found '%s'",
               *s->word == '\0' ? "the end of the file" : s->word);
    }
    const char *name = s->word;
    advance(s);
    return name;
}

static unsigned take_number(struct scanner *s)
{
    char *end = NULL;
    unsigned long value = strtoul(s->word, &end, 0);
    if (!(s->word[0] >= '0' && s->word[0] <= '9') || *end != '\0' || value > 1000000) {
        refuse(s->at, "see the grammar in tools/skgen/bits_pbf.c",
               "expected a number, found '%s'",
               *s->word == '\0' ? "the end of the file" : s->word);
    }
    advance(s);
    return (unsigned)value;
}

static struct bit_block *take_block(struct scanner *s)
{
    struct bit_block *block = arena_take(s->arena, sizeof(*block));
    block->at = s->at;
    block->name = take_name(s);
    expect(s, "{");
    while (!take(s, "}")) {
        struct bit_field *field = arena_take(s->arena, sizeof(*field));
        field->at = s->at;
        if (take(s, "field")) {
            field->name = take_name(s);
        } else if (!take(s, "padding")) {
            refuse(s->at, "a block holds 'field NAME BITS' and 'padding BITS'",
                   "'%s' is not understood in a block",
                   *s->word == '\0' ? "the end of the file" : s->word);
        }
        field->bits = take_number(s);
        bits_add_field(block, field);
    }
    return block;
}

static struct bit_union *take_union(struct scanner *s)
{
    struct bit_union *u = arena_take(s->arena, sizeof(*u));
    u->at = s->at;
    u->name = take_name(s);
    u->tag_field = take_name(s);
    expect(s, "{");
    while (!take(s, "}")) {
        struct bit_tag *tag = arena_take(s->arena, sizeof(*tag));
        tag->at = s->at;
        expect(s, "tag");
        tag->name = take_name(s);
        tag->value = take_number(s);
        bits_add_tag(u, tag);
    }
    return u;
}

struct bits bits_read_pbf(struct arena *a, const struct source *source)
{
    struct scanner s = {
        .arena = a, .source = source, .next = source->text, .line = 1, .col = 1};
    struct bits bits = {.pbf = source};
    advance(&s);
    while (*s.word != '\0') {
        struct place at = s.at;
        if (take(&s, "base")) {
            bits.word_bits = take_number(&s);
            if (bits.word_bits != 64) {
                refuse(at, "use a 64-bit kernel", "a base of %u bits is not supported",
                       bits.word_bits);
            }
        } else if (bits.word_bits == 0) {
            refuse(at, "begin the file with 'base 64'", "'%s' comes before the base", s.word);
        } else if (take(&s, "block")) {
            bits_add_block(&bits, take_block(&s));
        } else if (take(&s, "tagged_union")) {
            bits_add_union(&bits, take_union(&s));
        } else {
            refuse(at, "expected base, block or tagged_union", "'%s' is not understood",
                   s.word);
        }
    }
    bits_finish(a, &bits);
    return bits;
}
