/*
 * The program's own ELF headers, which are in its first page.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

struct program_header {
    uint32_t type;
    uint32_t flags;
    uint64_t offset;
    uint64_t vaddr;
    uint64_t paddr;
    uint64_t file_size;
    uint64_t memory_size;
    uint64_t align;
};

enum {
    SEGMENT_LOAD = 1,
    SEGMENT_TLS = 7,
    SEGMENT_UNWIND_INDEX = 0x6474e550,
};

enum { SEGMENT_EXECUTE = 1, SEGMENT_WRITE = 2, SEGMENT_READ = 4 };

/* All segments, in the file's order. */
struct segments {
    const struct program_header *first;
    const struct program_header *end;
};
struct segments sk_elf_segments(void);

/* The first segment of a type; NULL if the program has none. */
const struct program_header *sk_elf_segment(uint32_t type);
