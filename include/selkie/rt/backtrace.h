/*
 * Backtraces: which calls led to a place.
 *
 * A panic prints the calls it is in, the innermost first, and so does the fault handler for the
 * thread that had the fault:
 *
 *     backtrace: 0x400a10 0x4003f8 0x400150
 *
 * Each number is the address of an instruction, for returns that of the call. "selkie
 * symbolize" turns a log with such lines into functions, files and lines, and "selkie run
 * --symbolize" does so while the program runs. The walk follows frame records, which AArch64's
 * compilers keep in every function that calls another unless -fomit-frame-pointer tells them
 * not to: then calls are missing. It needs no tables, no heap and less than 1 KiB of stack. It
 * ends at the 32nd call, and where the chain does not lead further up the stack.
 *
 * A function that calls nothing has no frame record, and only the link register says who called
 * it; in any other function that register is left from some call that has returned. So
 * a fault's second number is in brackets: a call that led there, perhaps. The tools know.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/*
 * Print the backtrace of a function whose frame record, __builtin_frame_address(0), is at
 * address: from the call of that function. Records are looked for below end only: it must be
 * the end of the stack unless the stack is the caller's own, which can be trusted.
 */
void sk_backtrace_print(uintptr_t address, uintptr_t end);

/* The same for a thread that had a fault at pc, with this link register and frame pointer. */
void sk_backtrace_print_fault(uintptr_t pc, uintptr_t link, uintptr_t address, uintptr_t end);
