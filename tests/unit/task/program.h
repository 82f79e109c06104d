/*
 * A small good program, made in memory: code, constants, data with BSS, thread-local variables.
 * A test breaks one thing in it, and looks at what the checker says.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <elf.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/task/elf.h>

enum { PROGRAM_CODE, PROGRAM_CONSTANTS, PROGRAM_DATA, PROGRAM_TLS, PROGRAM_STACK };

#define PROGRAM_HEADERS 5
#define PROGRAM_VADDR   0x400000u
#define PROGRAM_BYTES   0x200u
#define PROGRAM_BSS     0x3000u

struct program {
    Elf64_Ehdr header;
    Elf64_Phdr segment[PROGRAM_HEADERS];
    uint8_t bytes[3][PROGRAM_BYTES];
};

/* Code at PROGRAM_VADDR, and each segment on a page of its own behind it. */
void program_init(struct program *p);

/* What the checker says of the first size bytes of p, in a copy that ends where they end. */
enum sk_elf_problem program_check(const struct program *p, size_t size,
                                  struct sk_elf_program *ret_elf);
