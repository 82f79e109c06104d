/*
 * What an image needs to know of a device tree: is it one, where is memory, is there a
 * UART for the loader's error messages.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "image.h"

enum { SK_DTB_MEMORY_MAX = 16 };

struct sk_dtb_memory {
    uint64_t start;
    uint64_t size; /* bytes */
};

struct sk_dtb {
    uint32_t size; /* bytes, as its header says */
    struct sk_dtb_memory memory[SK_DTB_MEMORY_MAX];
    unsigned memory_count;
    uint64_t pl011_paddr; /* the console, or 0 */
};

/* Check file and read it. */
bool sk_dtb_open(const struct sk_image_file *file, struct sk_dtb *ret_dtb,
                 struct sk_image_problem *ret_problem);
