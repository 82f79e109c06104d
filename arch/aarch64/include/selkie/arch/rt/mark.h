/*
 * Marks in a program, for tools that watch it run (tests/bench). A mark is an instruction
 * that does nothing on any processor.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* number: a constant from 0 to 31. */
#define sk_arch_mark(number) __asm__ volatile("hint %0" : : "i"(0x60 + (number)) : "memory")
