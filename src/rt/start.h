/*
 * What rt's files share: the start of a root task, and its plain end.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <sel4/sel4.h>

#include <selkie/base/attr.h>

/* Called by the machine's _start, on sk_root_stack and with no thread pointer. */
SK_NORETURN void sk_root_start(seL4_BootInfo *bi);

/* A panic for the parts that must not need the formatter: print why, and exit. */
SK_NORETURN void sk_panic_plain(const char *why);

/*
 * The capability to the page at address, which is in the program's image. The kernel maps
 * the image as a row of pages that ends where the IPC buffer is, and gives one capability
 * for each, in that order.
 */
static inline seL4_CPtr sk_image_page(const seL4_BootInfo *bi, const void *address)
{
    uintptr_t image_end = (uintptr_t)bi->ipcBuffer;

    return bi->userImageFrames.end - ((image_end - (uintptr_t)address) >> seL4_PageBits);
}
