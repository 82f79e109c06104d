/*
 * The note that a program carries: the kernel configuration it was built for.
 *
 * Section .note.selkie, owner "Selkie", type 1. Its text is lines: @board=..., @config=...,
 * then SYMBOL=value for every kernel configuration symbol, booleans as 1 and 0.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "../image/elf.h"

/*
 * The note of an ELF as an object of strings, or NULL if it has none. The caller owns it. A
 * damaged note counts as none.
 */
json_t *sk_note_read(const struct sk_elf *elf);

/* The same object from a gen_config.json. NULL: a complaint has been printed. */
json_t *sk_note_from_config(const char *path);

/*
 * May a program with this note run on a kernel with that one? False: the symbols that
 * differ have been printed. A symbol that changes no number, size or label does not count;
 * and a kernel may have more console and debugging than the program asks for.
 */
bool sk_note_fits(const char *program_name, json_t *program, const char *kernel_name,
                  json_t *kernel);
