/*
 * As much of an ELF file as the stage reads. The files were linked by us.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

enum { LOAD = 1, EXECUTE = 1, WRITE = 2, SYMBOLS = 2 };

struct header {
    uint8_t ident[24];
    uint64_t entry;
    uint64_t segments;
    uint64_t sections;
    uint8_t rest[8];
    uint16_t segment_count;
    uint16_t section_size;
    uint16_t section_count;
};

struct segment {
    uint32_t type;
    uint32_t flags;
    uint64_t offset;
    uint64_t vaddr;
    uint64_t paddr;
    uint64_t file_size;
    uint64_t memory_size;
    uint64_t align;
};

struct section {
    uint32_t name;
    uint32_t type;
    uint64_t flags;
    uint64_t vaddr;
    uint64_t offset;
    uint64_t size;
    uint32_t link; /* of symbols: the section of their names */
    uint32_t info;
    uint64_t align;
    uint64_t entry_size;
};

struct symbol {
    uint32_t name;
    uint8_t info;
    uint8_t other;
    uint16_t section;
    uint64_t value;
    uint64_t size;
};
