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
    uint64_t headers_paddr; /* the page of kept program headers */
    uint64_t loader_shift;  /* added to the loader's addresses, modulo 2^64 */
    struct sk_boot_plan plan;
};

/* Read the parts, check them against each other, and lay them out. */
bool sk_layout_make(const struct sk_image_parts *parts, struct sk_layout *ret_layout,
                    struct sk_image_problem *ret_problem);
