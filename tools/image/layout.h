/*
 * Where everything lies in physical memory.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <selkie/loader/plan.h>

#include "dtb.h"
#include "elf.h"
#include "image.h"

struct sk_layout {
    struct sk_elf kernel;
    struct sk_elf root_task;
    struct sk_elf loader;
    struct sk_dtb dtb;
    uint64_t loader_shift; /* added to the loader's addresses, modulo 2^64 */
    struct sk_boot_plan plan;

    /* Of an image of segments. */
    uint64_t headers_paddr; /* the page of kept program headers */

    /* Of an image of one piece. */
    uint64_t start, end;                     /* what the file brings */
    uint64_t pages_paddr;                    /* what lies behind the root task */
    const uint8_t *copied[SK_BOOT_COPY_MAX]; /* the contents of each plan.copy */
};

/* Read the parts, check them against each other, and lay them out: as segments, or in a row. */
bool sk_layout_make(const struct sk_image_parts *parts, struct sk_layout *ret_layout,
                    struct sk_image_problem *ret_problem);
bool sk_layout_make_file(const struct sk_image_parts *parts, struct sk_layout *ret_layout,
                         struct sk_image_problem *ret_problem);

/*
 * What both do. sk_layout_read() opens the parts, and says in the plan where the kernel and
 * memory are; sk_layout_place_user() puts the root task at paddr, with size more bytes behind
 * it; sk_layout_in_memory() refuses what memory does not hold.
 */
bool sk_layout_read(const struct sk_image_parts *parts, struct sk_layout *ret_layout,
                    struct sk_image_problem *ret_problem);
bool sk_layout_place_user(struct sk_layout *l, uint64_t paddr, uint64_t size,
                          uint32_t root_cnode_bits, struct sk_image_problem *ret_problem);
bool sk_layout_in_memory(const struct sk_layout *l, const char *name, uint64_t start,
                         uint64_t size, struct sk_image_problem *ret_problem);

/* Refuses what is not our loader. Its size with BSS, in whole pages. */
bool sk_layout_check_loader(const struct sk_layout *l, uint64_t *ret_size,
                            struct sk_image_problem *ret_problem);

static inline uint64_t sk_page_down(uint64_t a)
{
    return a & ~4095ull;
}

static inline uint64_t sk_page_up(uint64_t a)
{
    return sk_page_down(a + 4095);
}

static inline uint64_t sk_elf_start(const struct sk_elf *elf)
{
    return elf->load[0].p_vaddr;
}

static inline uint64_t sk_elf_end(const struct sk_elf *elf)
{
    const Elf64_Phdr *last = &elf->load[elf->load_count - 1];

    return last->p_vaddr + last->p_memsz;
}
