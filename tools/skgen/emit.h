/*
 * Writing what was read: C headers, the development kernel's tables, the note that names
 * the configuration, Markdown pages.
 *
 * Each emitter adds text to a buffer; gen_all() decides which file it goes to. A file
 * is written only when its content changed, so that make rebuilds only what must be.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "idl.h"

enum { COLUMNS = 96 };

/* Files to write. Nothing is written before all of it is known to be good. */
struct outputs {
    struct output *first;
    struct output *last;
};

struct gen {
    struct arena *arena;
    struct outputs *outputs;
    const struct config *config;
    const struct idl *idl;
    const char *board;
    const char *config_name;
    const char *out;  /* folder */
    const char *docs; /* folder, or NULL */
};

/* Keep folder/path, with a copy of its content, for out_write(). */
void out_add(struct arena *a, struct outputs *outputs, const char *folder, const char *path,
             const char *data, size_t length);

/* Write every file whose content differs from what is there, making folders as needed. */
void out_write(struct arena *a, const struct outputs *outputs);

/* A comment at this indentation: prose, filled to COLUMNS; then the place, if it has one. */
void emit_comment(struct text *out, int indent, const char *prose, struct place at);

/* prose, wrapped, each line after the given start; nothing for empty prose. */
void emit_wrapped(struct text *out, const char *start, const char *prose);

/* piece, on a new line with that indentation when it does not fit; out is not empty. */
void emit_filled(struct text *out, const char *piece, size_t indent);

/* "file:line" of a place. */
void emit_place(struct text *out, struct place at);

/* The top of a header that we make up: what it is for, SPDX, #pragma once. */
void emit_top(struct text *out, const char *brief);

/* One header described in idl/sel4. */
void emit_header(const struct gen *g, const struct header *h, struct text *out);

/* Items that headers ask for. */
void emit_bits(const struct gen *g, const struct bits *bits, struct text *out);
void emit_fault_decoder(const struct gen *g, const struct xml_node *item, struct text *out);
void emit_labels(const struct gen *g, const struct xml_node *item, struct text *out);
void emit_syscall_numbers(const struct gen *g, const struct xml_node *item, struct text *out);
void emit_api_structs(const struct gen *g, const struct xml_node *item, struct text *out);
void emit_stubs(const struct gen *g, const struct xml_node *item, struct text *out);
void emit_config_macros(const struct gen *g, const struct xml_node *item, struct text *out);
void emit_code(const struct gen *g, const struct xml_node *item, struct text *out);

/* The part of the API that an item's attribute part names. */
enum api_part_id emit_part(const struct gen *g, const struct xml_node *item);

/* Where a method's arguments travel. */
struct layout {
    unsigned in_words;    /* message words of the inputs */
    unsigned fixed_words; /* of these, the ones before a counted structure */
    unsigned caps;
    unsigned out_words;
    const char *count; /* the parameter that counts a structure's words, or NULL */
};

struct layout layout_of(const struct gen *g, const struct api_method *m);

/* selkie/config.h, selkie/gen/ and gen/config_note.S. */
void emit_sk_config(const struct gen *g, struct text *out);
void emit_sk_invocations(const struct gen *g, struct text *out);
void emit_sk_syscalls(const struct gen *g, struct text *out);
void emit_sk_objects(const struct gen *g, struct text *out);
void emit_note(const struct gen *g, struct text *out);

/* A .pbf file of a header's bit-packed types, as a kernel's prefix has it. */
void emit_pbf(const struct bits *bits, struct text *out);

/* The Markdown pages. */
struct typed;
void emit_docs(const struct gen *g, const struct typed *typed);

/* A method's C prototype, without what follows the parenthesis. */
void emit_prototype(const struct gen *g, const struct api_method *m, const char *start,
                    struct text *out);

/* seL4_Error, or the structure of a method that gives more than an error. */
const char *emit_return_type(const struct gen *g, const struct api_method *m);

/* Put everything into the outputs. */
void gen_all(const struct gen *g);
