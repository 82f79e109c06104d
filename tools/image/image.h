/*
 * Images: one bootable ELF from a kernel, a device tree, a root task and the loader.
 *
 * sk_image_pack() checks all four, decides where each lies in physical memory, writes the
 * boot plan (selkie/loader/plan.h) into the loader, and gives back an ELF whose segments
 * are at their final addresses:
 *
 *     kernel | device tree | root task, whole pages | its program headers, one page
 *
 * as seL4 wants them, and the loader at the board's address for it, or behind the others
 * if that is taken. Nothing in the files is trusted: a file that lies is refused with a
 * sentence and never read out of bounds. The result depends on the arguments only, so
 * equal inputs give equal images.
 *
 * elf.h reads ELF files; dtb.h reads what is needed of the device tree; layout.h decides
 * addresses; pack.c writes.
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

/* Free an image. A zeroed one owns nothing. */
void sk_image_drop(struct sk_image *image);
