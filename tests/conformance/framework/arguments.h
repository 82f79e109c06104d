/*
 * The words after the program's name: which tests to run.
 *
 *   WORD     tests whose name has WORD in it; with several words, those of any
 *   --list   print the tests and their sections of the manual, and run none
  --cover  print what they reach, after the last: see coverage.h
 *
 * They come from the host by semihosting: selkie run ELF -- WORD...
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include "../conformance.h"

struct arguments {
    bool is_list;
    bool is_cover;
    int count;
    char text[512]; /* all words, each with its NUL */
    const char *words[16];
};

void arguments_read(struct arguments *ret_arguments);

/* Is the test asked for? */
bool arguments_match(const struct arguments *arguments, const struct test *test);
