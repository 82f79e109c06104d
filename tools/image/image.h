/*
 * Images: one bootable file from a kernel, a device tree, a root task and the loader.
 *
 * All four are checked, each gets its place in physical memory, and what the loader must know
 * goes into it as the boot plan (selkie/loader/plan.h). There are two layouts.
 *
 * sk_image_pack() gives an ELF whose segments are at their final addresses, as seL4 wants them,
 * and the loader at the board's address for it, or behind the others if that is taken:
 *
 *     kernel | device tree | root task, whole pages | its program headers, one page
 *
 * sk_image_pack_file() gives what firmware puts at one address, and enters there: a binary, or
 * an ELF of one segment. The loader copies the first two to where sk_image_pack() has them; the
 * root task, and pages that are to lie behind it, stay where they are:
 *
 *     loader | kernel | device tree | root task, whole pages | pages
 *
 * Nothing in the files is trusted: a file that lies is refused with a sentence and never read
 * out of bounds. The result depends on the arguments only, so equal inputs give equal images.
 *
 * elf.h reads ELF files; dtb.h reads what is needed of the device tree; layout.h decides
 * addresses; pack.c and pack_file.c write; packed.c knows what they wrote.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "problem.h"

/* A whole file in memory; name is for messages. */
struct sk_image_file {
    const char *name;
    const uint8_t *data;
    size_t size; /* bytes */
};

struct sk_image_parts {
    struct sk_image_file kernel;
    struct sk_image_file dtb;
    struct sk_image_file root_task;
    struct sk_image_file loader;
    uint64_t loader_paddr;    /* where the board wants the loader, or 0: as it was linked */
    uint32_t pa_bits;         /* the kernel's physical address size, or 0: the processor's */
    uint32_t root_cnode_bits; /* the kernel's ROOT_CNODE_SIZE_BITS, or 0: not known */

    /* For sk_image_pack_file() only. */
    struct sk_image_file pages; /* behind the root task, whole pages; size 0: none */
    bool hides_dtb;             /* the kernel is not given the device tree */
};

enum sk_image_type {
    SK_IMAGE_BINARY, /* begins with the header of an arm64 Linux Image */
    SK_IMAGE_ELF,
};

/* Where a file has put what when the kernel starts: physical addresses, ends exclusive. */
struct sk_image_places {
    uint64_t ram_start, ram_end; /* of the memory that all is in */
    uint64_t kernel_start, kernel_end;
    uint64_t dtb_start, dtb_end; /* zeros: the kernel has none */
    uint64_t loader_start;       /* what lies from here to user_start is free then */
    uint64_t user_start, user_end;
    uint64_t pages_start;  /* of the pages behind the root task */
    uint64_t user_vaddr;   /* where user_start is mapped */
    uint64_t kernel_level; /* the exception level of the kernel: 1, or 2 of a hypervisor */
};

struct sk_image {
    uint8_t *data;
    size_t size;           /* bytes */
    bool wants_hypervisor; /* the kernel runs at EL2 */
};

/*
 * Pack parts into ret_image, which sk_image_drop() frees. False: *ret_problem says which
 * file is wrong and how, and ret_image is untouched.
 */
bool sk_image_pack(const struct sk_image_parts *parts, struct sk_image *ret_image,
                   struct sk_image_problem *ret_problem);

/* The same as a file of one piece. */
bool sk_image_pack_file(const struct sk_image_parts *parts, enum sk_image_type type,
                        struct sk_image *ret_image, struct sk_image_problem *ret_problem);

/* Where sk_image_pack_file() would put what. The contents of parts->pages are not looked at. */
bool sk_image_place_file(const struct sk_image_parts *parts, struct sk_image_places *ret_places,
                         struct sk_image_problem *ret_problem);

/* Is this file an image that one of these functions made, or the beginning of one? */
bool sk_image_is_packed(const struct sk_image_file *file);

/* Is such a file whole? What its pages hold is not looked at. False: *ret_problem says why. */
bool sk_image_check(const struct sk_image_file *file, struct sk_image_problem *ret_problem);

/* Free an image. A zeroed one owns nothing. */
void sk_image_drop(struct sk_image *image);
