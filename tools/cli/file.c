/* SPDX-License-Identifier: BSD-2-Clause */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

/* No kernel, program or device tree is larger. */
static const size_t size_max = (size_t)1 << 30;

/* As many links as Linux follows. */
enum { LINKS_MAX = 40 };

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

/* What a descriptor is of. False, with errno set: nothing to read as a whole. */
static bool size_of(int fd, size_t *ret_size)
{
    struct stat info;

    if (fstat(fd, &info) != 0) {
        return false;
    }
    *ret_size = (size_t)info.st_size;
    errno = S_ISDIR(info.st_mode)    ? EISDIR
            : !S_ISREG(info.st_mode) ? ESPIPE
            : *ret_size > size_max   ? EFBIG
                                     : 0;
    return errno == 0;
}

bool sk_file_load(const char *path, struct sk_file *ret_file)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct sk_file file = {0};

    if (fd < 0) {
        return false;
    }
    bool is_read = size_of(fd, &file.size);
    if (is_read) {
        file.path = strdup(path);
        file.data = calloc(1, file.size + 1);
        is_read = file.path != NULL && file.data != NULL && read_all(fd, file.size, file.data);
    }
    int error = errno;
    close(fd);
    if (is_read) {
        *ret_file = file;
    } else {
        sk_file_drop(&file);
    }
    errno = error;
    return is_read;
}

bool sk_file_read(const char *path, const char *what, struct sk_file *ret_file)
{
    if (sk_file_load(path, ret_file)) {
        return true;
    }
    if (errno == EISDIR || errno == ESPIPE) {
        sk_report_error("%s: %s is not a regular file", path, what);
        return sk_report_help("check the path: ls -ld %s", path);
    }
    if (errno == EFBIG) {
        sk_report_error("%s: %s is larger than 1 GiB", path, what);
    } else {
        sk_report_error("%s: cannot read %s: %s", path, what, strerror(errno));
    }
    return sk_report_help("check the path: ls -l %s", path);
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

/* The length of a path's folder, with the slash. */
static int folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? 0 : (int)(slash + 1 - path);
}

char *sk_file_resolve(const char *path)
{
    char *place = strdup(path);
    char target[PATH_MAX];

    for (unsigned i = 0; place != NULL && i <= LINKS_MAX; i++) {
        char *real = realpath(place, NULL);
        ssize_t n = real == NULL ? readlink(place, target, sizeof(target)) : -1;
        if (real == NULL && n < 0) {
            return place;
        }
        if (real == NULL &&
            asprintf(&real, "%.*s%.*s", target[0] == '/' ? 0 : folder_length(place), place,
                     (int)n, target) < 0) {
            abort();
        }
        free(place);
        if (n < 0) {
            return real;
        }
        place = real;
    }
    free(place);
    errno = ELOOP;
    return NULL;
}

bool sk_file_identify(const char *path, struct sk_file_identity *ret_identity)
{
    struct stat info;

    if (stat(path, &info) == 0) {
        *ret_identity = (struct sk_file_identity){info.st_dev, info.st_ino, NULL};
        return S_ISREG(info.st_mode);
    }
    char *place = sk_file_resolve(path), *folder = NULL;
    if (place == NULL) {
        return false;
    }
    int length = folder_length(place);
    if (asprintf(&folder, "%.*s.", length, place) < 0) {
        abort();
    }
    bool is_there = stat(folder, &info) == 0;
    if (is_there) {
        *ret_identity =
            (struct sk_file_identity){info.st_dev, info.st_ino, strdup(place + length)};
    }
    free(folder);
    free(place);
    return is_there;
}

bool sk_file_identity_is_same(const struct sk_file_identity *a,
                              const struct sk_file_identity *b)
{
    bool is_equal =
        a->name == NULL || b->name == NULL ? a->name == b->name : strcmp(a->name, b->name) == 0;

    return is_equal && a->device == b->device && a->number == b->number;
}

void sk_file_identity_drop(struct sk_file_identity *identity)
{
    free(identity->name);
    *identity = (struct sk_file_identity){0};
}

void sk_file_drop(struct sk_file *file)
{
    free(file->path);
    free(file->data);
    *file = (struct sk_file){0};
}
