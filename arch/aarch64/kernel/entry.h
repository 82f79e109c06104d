/*
 * Between the assembly and the C of this folder.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

extern struct kernel sk_arch_kernel;
extern char sk_arch_empty_root[]; /* start.S */
extern char kernel_virtual[];     /* kernel.ld */
extern char kernel_end[];

/* From start.S, with the loader's arguments. Returns the first thread. */
struct tcb *sk_arch_start(uint64_t user_start, uint64_t user_end, uint64_t pv_offset,
                          uint64_t entry, uint64_t dtb_start, uint64_t dtb_bytes);

/* From vectors.S. The first two return the thread to go on with. */
struct tcb *sk_arch_exception(struct kernel *k, uint64_t esr, uint64_t far);
struct tcb *sk_arch_idle(struct kernel *k);
void sk_arch_in_kernel(struct kernel *k, uint64_t esr, uint64_t far, uint64_t elr);

void fpu_save(struct sk_arch_fpu *f);
void fpu_load(const struct sk_arch_fpu *f);
