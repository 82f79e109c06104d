/*
 * The loader's own parts: main.c carries the plan out, console.c reports trouble.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/base/attr.h>
#include <selkie/loader/plan.h>

/* Where start.S arrives, with a stack and cleared BSS. */
SK_NORETURN void sk_loader_main(const struct sk_boot_plan *plan);

/* Where an exception taken inside the loader arrives: prints the three and stops. */
SK_NORETURN void sk_loader_exception(const struct sk_boot_plan *plan, uint64_t syndrome,
                                     uint64_t pc, uint64_t address);

/* Write to the plan's UART, if it names one. A newline goes out as CR LF. */
void sk_loader_print(const struct sk_boot_plan *plan, const char *text);

/* Write 0x and sixteen digits. */
void sk_loader_print_hex(const struct sk_boot_plan *plan, uint64_t value);
