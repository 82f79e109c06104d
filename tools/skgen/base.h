/*
 * Ground floor of skgen: the tools' memory, files and names, and diagnostics.
 *
 * skgen runs once and leaves. All that it reads is kept in one arena until main()
 * ends. Bad input ends the process: refuse() prints one diagnostic and exits with
 * status 125, the status of every Selkie tool that was given something it cannot use.
 *
 *     idl/sel4/generic/errors.xml:12:5: error: unknown element 'enmu'
 *         <enmu name="seL4_Error">
 *         ^
 *     help: did you mean 'enum'?
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../base/memory.h"
#include "../base/nearest.h"
#include "../base/source.h"

enum { SKGEN_EXIT_BAD_INPUT = 125 };

/* Print "place: error: ...", the line if there is one, "help: ..." if help is given; exit. */
[[gnu::noreturn, gnu::format(printf, 3, 4)]] void refuse(struct place at, const char *help,
                                                         const char *format, ...);

/* "set_mc_priority" for "SetMCPriority". */
const char *snake_case(struct arena *a, const char *name);
