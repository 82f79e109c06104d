/*
 * ELF files, read with suspicion.
 *
 * sk_elf_open() checks every table and every loadable segment once; afterwards segments
 * and sections lie inside the file and no sum of theirs overflows. Own code rather than
 * libelf: the checks are the work here, and after them there is nothing left to call.
 * Only 64-bit little-endian static executables exist for this tool, and only little-endian
 * hosts: headers are copied as they are.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <elf.h>
#include <stdbool.h>
#include <stdint.h>

#include "image.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "headers are copied as they are");

enum { SK_ELF_LOAD_MAX = 32 };

struct sk_elf {
    struct sk_image_file file;
    Elf64_Ehdr header;
    Elf64_Phdr load[SK_ELF_LOAD_MAX]; /* non-empty PT_LOADs, by ascending vaddr */
    unsigned load_count;
};

/* A range of the file. */
struct sk_elf_bytes {
    const uint8_t *data;
    uint64_t size; /* bytes */
};

/*
 * Check file and read its headers. machine is an EM_* constant, or EM_NONE for any.
 * what names the file's part in messages: "the kernel".
 */
bool sk_elf_open(const struct sk_image_file *file, const char *what, uint16_t machine,
                 struct sk_elf *ret_elf, struct sk_image_problem *ret_problem);

/*
 * The same, but only for sections: load_count is 0, and program headers are not looked at. What
 * objcopy --only-keep-debug writes has none that make sense.
 */
bool sk_elf_open_symbols(const struct sk_image_file *file, const char *what, uint16_t machine,
                         struct sk_elf *ret_elf, struct sk_image_problem *ret_problem);

/* The program header i, i < header.e_phnum. */
Elf64_Phdr sk_elf_phdr(const struct sk_elf *elf, unsigned i);

/* The contents of the first section of that name, or NULL and 0. */
struct sk_elf_bytes sk_elf_section(const struct sk_elf *elf, const char *name);

/* What a machine is called: "AArch64", or "machine 243". */
const char *sk_elf_machine_name(uint16_t machine);
