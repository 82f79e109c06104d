/*
 * Panic: the end of a program that has found a bug in itself.
 *
 *     sk_panic("slot %lu is taken", slot);
 *
 * prints "panic: main.c:12: slot 7 is taken" and exits with SK_EXIT_PANIC. A panic
 * is for our own mistakes; what the world does wrong is an sk_err.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/base/assert.h>

/* The format is that of sk_printf. Does not return. */
#define sk_panic(...) sk_panic_at(__FILE__, __LINE__, __VA_ARGS__)
