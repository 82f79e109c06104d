/*
 * What is wrong with an input: one sentence, and one thing to do about it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <selkie/base/attr.h>

struct sk_image_problem {
    char what[512]; /* begins with the file's name */
    char help[512]; /* may be empty */
};

/* Fill in a problem: help is taken as it is, what is formatted. Always returns false. */
bool sk_image_refuse(struct sk_image_problem *ret_problem, const char *help, const char *format,
                     ...) SK_PRINTF(3, 4);
