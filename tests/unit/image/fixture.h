/*
 * A small valid kernel, root task, loader and device tree, made in memory.
 *
 * A test takes a fixture, breaks one thing in it, and looks at what the packer says. The
 * numbers are those of QEMU's virt machine: memory at 0x40000000, a PL011 at 0x9000000.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <elf.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/loader/plan.h>

#include "../../../tools/image/image.h"

enum {
    FIXTURE_LOADS = 2,    /* program headers of every ELF here */
    FIXTURE_CODE = 0x200, /* bytes of code in each */
    FIXTURE_DATA = 0x80,  /* bytes of data in each */
    FIXTURE_BSS = 0x3000,
    FIXTURE_SECTIONS = 3,
};

#define FIXTURE_KERNEL_VADDR 0xffffffffc0000000ull
#define FIXTURE_KERNEL_PADDR 0x40000000ull
#define FIXTURE_USER_VADDR   0x400000ull
#define FIXTURE_LOADER_PADDR 0x60000000ull
#define FIXTURE_RAM_SIZE     0x80000000ull

/* One ELF file: code, data with BSS a page further on, and a section table. */
struct fixture_elf {
    Elf64_Ehdr header;
    Elf64_Phdr load[FIXTURE_LOADS];
    uint8_t code[FIXTURE_CODE];
    union {
        uint8_t data[FIXTURE_DATA];
        struct sk_boot_plan plan;
    };
    Elf64_Shdr section[FIXTURE_SECTIONS]; /* none, .plan or .data, .shstrtab */
    char names[32];
};

struct fixture {
    struct fixture_elf kernel, root_task, loader;
    uint8_t dtb[1024];
    struct sk_image_parts parts; /* of the above */
};

/* Make a fixture that packs. Its address must not change: parts points into it. */
void fixture_init(struct fixture *f);

/* Replace the device tree: memory at start of size bytes (none if 0), this console. */
void fixture_dtb(struct fixture *f, uint64_t start, uint64_t size, const char *console);

/*
 * Check that packing f is refused, as segments or as a file of one piece, and that the message
 * holds this text, and has a help.
 */
void fixture_assert_refused(const struct fixture *f, const char *text);
void fixture_assert_file_refused(const struct fixture *f, const char *text);

/* Pack f, which must work. The caller drops the image. */
struct sk_image fixture_pack(const struct fixture *f);

/* The plan in a packed image, whose loader lies at loader_paddr. */
struct sk_boot_plan fixture_plan(const struct sk_image *image, uint64_t loader_paddr);

/* The segment of a packed image that begins at paddr; fails the test if there is none. */
Elf64_Phdr fixture_segment(const struct sk_image *image, uint64_t paddr);
