/*
 * ELF files for the test: what is read of the initialiser and of the domain, and how the
 * specification gets behind the former.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <elf.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/init/spec.h>

struct image {
    uint8_t *data;
    size_t size;
};

/* A file, whole; the program ends if there is none, or it is no ELF file. */
struct image image_read(const char *name);

static inline const Elf64_Ehdr *image_header(const struct image *i)
{
    return (const Elf64_Ehdr *)i->data;
}

static inline Elf64_Phdr *image_segments(const struct image *i)
{
    return (Elf64_Phdr *)(i->data + image_header(i)->e_phoff);
}

/* The contents of the variable of this name. */
const void *image_variable(const struct image *i, const char *name);

/* Write image to a file, with spec and its blob pages behind its memory. */
void image_write(const struct image *i, const void *spec, uint64_t size, const char *name);
