/*
 * What rt's files share: the start of a program, and its plain end.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <sel4/sel4.h>

#include <selkie/base/attr.h>

/* Called by the machine's _start, on sk_root_stack and with no thread pointer. */
SK_NORETURN void sk_root_start(seL4_BootInfo *bi);

/* The same of the other environments, on the stack at whose end stack is. */
SK_NORETURN void sk_stacked_start(void *stack);

/* The boot info of a root task. */
extern seL4_BootInfo *sk_boot_info;

/* The capability to give time with, of the first core; with MCS. */
seL4_CPtr sk_boot_sched_control(const seL4_BootInfo *bi);

/*
 * Map each page of the image as its segment says, and so that no page can be both written and
 * executed. The stack's guard page, and pages between segments, are unmapped.
 */
void sk_image_protect(const seL4_BootInfo *bi);

/* Only where linked: give the boot source its boot info. */
void sk_boot_source_start(seL4_BootInfo *bi);

/*
 * The part of the start that does not depend on the environment, when TLS and IPC buffer are
 * there: what is linked to be started, and the constructors.
 */
void sk_start_run(void);

/* Functions of atexit, and destructors. */
void sk_run_ends(void);

/* The same, and the end. */
SK_NORETURN void sk_finish(int status);

/* What the environment does to end the program. */
SK_NORETURN void sk_env_exit(int status);

/* Bits that nobody can guess, if the environment has any. */
bool sk_env_entropy(uint64_t *ret_bits);

/* Only where functions are protected: choose the stack protector's guard. */
void sk_stack_guard_seed(void);

/* Only where linked: the functions of atexit, the last one first. */
void sk_atexit_run(void);

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
