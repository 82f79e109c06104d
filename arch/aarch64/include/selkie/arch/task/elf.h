/*
 * Programs of this machine.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/task/elf.h>

/* Addresses of 48 bits, four levels of tables of 512 entries, pages of 4 KiB. */
static const struct sk_elf_machine sk_arch_elf_machine = {
    .user_end = 0x7ffffffff000,
    .number = 183,
    .code_align = 4,
    .page_bits = 12,
    .table_bits = {39, 30, 21},
    .vspace_bits = 12,
    .tcb_bits = 11,
    .sched_context_bits = 7,
    .slot_bits = 5,
};
