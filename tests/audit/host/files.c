/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "audit.h"

void die(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fputs("audit: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(125);
}

bool file_read(const char *path, struct sk_image_file *ret_file)
{
    FILE *in = fopen(path, "rb");
    long size = 0;

    if (in == NULL) {
        return false;
    }
    if (fseek(in, 0, SEEK_END) != 0 || (size = ftell(in)) < 0) {
        die("%s cannot be read", path);
    }
    rewind(in);
    uint8_t *data = calloc(1, (size_t)size + 1);
    if (data == NULL || fread(data, 1, (size_t)size, in) != (size_t)size || fclose(in) != 0) {
        die("%s cannot be read", path);
    }
    *ret_file = (struct sk_image_file){.name = path, .data = data, .size = (size_t)size};
    return true;
}

struct sk_image_file file_must(const char *path)
{
    struct sk_image_file file;

    if (!file_read(path, &file)) {
        die("%s is not there", path);
    }
    return file;
}

void file_write(const char *path, const void *data, size_t size)
{
    FILE *out = fopen(path, "wb");

    if (out == NULL || fwrite(data, 1, size, out) != size || fclose(out) != 0) {
        die("%s cannot be written", path);
    }
}
