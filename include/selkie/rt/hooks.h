/*
 * Hooks: functions of the program that rt calls. A program defines those it wants, once,
 * outside of any function; the macros say the right types: a wrong one does not compile.
 *
 *     SK_ON_NO_MEMORY(size)
 *     {
 *         return drop_a_cache();
 *     }
 *
 * A program without a hook has rt's own behaviour and pays nothing for it. The other hook is
 * the sink: a program with "sink := own" defines sk_sink_write() (selkie/rt/sink.h).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The heap has no block of size bytes. True: try again. Otherwise malloc returns NULL. */
bool sk_hook_no_memory(size_t size);
#define SK_ON_NO_MEMORY(size) bool sk_hook_no_memory(size_t size)

/*
 * There is a panic, which has just been printed, of code at this place (file is NULL for a
 * fault). It goes on when the hook returns: to an sk_catch, or to the end of the program.
 */
void sk_hook_panic(const char *file, int line);
#define SK_ON_PANIC(file, line) void sk_hook_panic(const char *file, int line)

/*
 * The program ends with status, by whatever way (selkie/rt/exit.h): the last chance to flush a
 * device or to tell somebody. If it returns, rt ends the program; it need not return.
 */
void sk_hook_exit(int status);
#define SK_ON_EXIT(status) void sk_hook_exit(int status)

/*
 * Sixty-four bits that nobody can guess, for the stack protector's guard; called before
 * anything else of the program runs. False: there are none.
 */
bool sk_hook_entropy(uint64_t *ret_bits);
#define SK_ON_ENTROPY(ret_bits) bool sk_hook_entropy(uint64_t *ret_bits)
