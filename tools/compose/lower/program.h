/*
 * A domain's program: its ELF file as it will lie in memory, so that it can be patched.
 *
 * Segments are widened to whole pages and sorted; where two share a page they become one,
 * with the rights of both. What a file does not bring of a segment (.bss) is zero, may be
 * patched as well, and takes no memory here until then.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "../../base/memory.h"
#include "../../image/elf.h"

/* Whole pages with the same rights. */
struct sk_segment {
    uint64_t vaddr; /* page aligned */
    uint64_t size;  /* bytes, whole pages */
    uint8_t *bytes; /* the first kept of them; the others are zero */
    uint64_t kept;  /* bytes, whole pages */
    uint32_t flags; /* PF_* */
};

struct sk_program {
    const char *path;
    struct sk_elf elf;
    struct sk_segment segment[SK_ELF_LOAD_MAX];
    unsigned segment_count;
    const uint8_t *symbols; /* Elf64_Sym, checked, perhaps unaligned */
    uint64_t symbol_count;
    const char *names; /* their names, ended by a zero */
    uint64_t names_size;
};

/* A symbol of a program. */
struct sk_symbol {
    uint64_t vaddr;
    uint64_t size; /* bytes */
};

/*
 * Read the file, which must stay as long as the program, as a static executable for machine
 * (EM_*). What the program owns is in the arena. False: *ret_problem says what is wrong.
 */
typedef bool sk_program_opener(struct arena *arena, const struct sk_image_file *file,
                               uint16_t machine, struct sk_program *ret_program,
                               struct sk_image_problem *ret_problem);
sk_program_opener sk_program_open;

/* The same of its symbols only: the program has no segments, and the file need have none. */
sk_program_opener sk_program_open_symbols;

/* The symbol of that name, if there is one: a global one, or else the first. */
bool sk_program_symbol(const struct sk_program *program, const char *name,
                       struct sk_symbol *ret_symbol);

/* Are size bytes at vaddr of one segment? */
bool sk_program_has(const struct sk_program *program, uint64_t vaddr, uint64_t size);

/* Read or write size bytes at vaddr, which are of one segment. */
void sk_program_read(const struct sk_program *program, uint64_t vaddr, void *to, uint64_t size);
void sk_program_write(struct arena *arena, struct sk_program *program, uint64_t vaddr,
                      const void *from, uint64_t size);

/* How many bytes at a segment's start are not known to be zero. */
uint64_t sk_segment_contents(const struct sk_segment *segment);
