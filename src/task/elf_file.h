/*
 * ELF files as they are written: what of the format is used here.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

enum { IDENT_CLASS = 4, IDENT_DATA = 5, IDENT_VERSION = 6, IDENT_SIZE = 16 };
enum { CLASS_64 = 2, DATA_LITTLE = 1, VERSION_CURRENT = 1, TYPE_EXECUTABLE = 2 };

enum {
    SEGMENT_LOAD = 1,
    SEGMENT_DYNAMIC = 2,
    SEGMENT_INTERPRETER = 3,
    SEGMENT_TLS = 7,
    SEGMENT_STACK = 0x6474e551,
};

struct elf_header {
    uint8_t ident[IDENT_SIZE];
    uint16_t type;
    uint16_t machine;
    uint32_t version;
    uint64_t entry;
    uint64_t program_headers; /* offset in the file */
    uint64_t section_headers;
    uint32_t flags;
    uint16_t header_size;
    uint16_t program_header_size;
    uint16_t program_header_count;
    uint16_t section_header_size;
    uint16_t section_header_count;
    uint16_t section_names;
};
_Static_assert(sizeof(struct elf_header) == 64, "it is as long as in the file");

struct elf_program_header {
    uint32_t type;
    uint32_t flags; /* enum sk_elf_rights */
    uint64_t offset;
    uint64_t vaddr;
    uint64_t paddr;
    uint64_t file_size;
    uint64_t memory_size;
    uint64_t align;
};
_Static_assert(sizeof(struct elf_program_header) == 56, "it is as long as in the file");
