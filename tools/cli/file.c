/* SPDX-License-Identifier: BSD-2-Clause */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

/* No kernel, program or device tree is larger. */
static const size_t size_max = (size_t)1 << 30;

static bool read_all(int fd, size_t size, uint8_t *data)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = read(fd, data + done, size - done);
        if (n <= 0) {
            if (n == 0) {
                errno = EIO;
            }
            return false;
        }
        done += (size_t)n;
    }
    return true;
}

static bool read_open_file(int fd, const char *path, const char *what, struct sk_file *ret_file)
{
    struct stat info;

    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        sk_report_error("%s: %s is not a regular file", path, what);
        return sk_report_help("check the path: ls -ld %s", path);
    }
    if ((size_t)info.st_size > size_max) {
        sk_report_error("%s: %s is larger than 1 GiB", path, what);
        return sk_report_help("check the path: ls -l %s", path);
    }
    struct sk_file file = {.path = strdup(path), .size = (size_t)info.st_size};
    file.data = calloc(1, file.size + 1);
    if (file.path == NULL || file.data == NULL || !read_all(fd, file.size, file.data)) {
        sk_report_error("%s: cannot read %s: %s", path, what, strerror(errno));
        sk_report_help("check the path: ls -l %s", path);
        sk_file_drop(&file);
        return false;
    }
    *ret_file = file;
    return true;
}

bool sk_file_read(const char *path, const char *what, struct sk_file *ret_file)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    if (fd < 0) {
        sk_report_error("%s: cannot read %s: %s", path, what, strerror(errno));
        return sk_report_help("check the path: ls -l %s", path);
    }
    bool is_read = read_open_file(fd, path, what, ret_file);
    close(fd);
    return is_read;
}

bool sk_file_exists(const char *path)
{
    return access(path, R_OK) == 0;
}

bool sk_file_is_same(const char *a, const char *b)
{
    struct stat a_info, b_info;

    return stat(a, &a_info) == 0 && stat(b, &b_info) == 0 && a_info.st_dev == b_info.st_dev &&
           a_info.st_ino == b_info.st_ino;
}

void sk_file_drop(struct sk_file *file)
{
    free(file->path);
    free(file->data);
    *file = (struct sk_file){0};
}
