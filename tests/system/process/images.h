/*
 * The programs that are started, as they were linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

extern const char child_image[];
extern const char child_image_end[];

#define CHILD_SIZE ((size_t)(child_image_end - child_image))
