/*
 * The audit's half on this machine: makes an image and says what the specification is, and
 * compares that with what the running system printed.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <selkie/init/spec.h>

#include "../../../tools/image/image.h"

/* files.c: complain and end; whole files. */
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));
bool file_read(const char *path, struct sk_image_file *ret_file);
struct sk_image_file file_must(const char *path);
void file_write(const char *path, const void *data, size_t size);

/* image.c: arguments as in main.c. */
int make_image(char **arguments);

/* damage.c: change one thing of the specification in a copy of these pages, by name. */
void damage_spec(struct sk_image_file *pages, const char *name);

/* compare.c: is what the log says, of that section, exactly what the model does? */
int compare(const char *model, const char *log, const char *section);
