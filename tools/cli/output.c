/* SPDX-License-Identifier: BSD-2-Clause */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "report.h"

/* An output on its way; {0} if nothing is left to be done. */
struct staged {
    char *place; /* where it is to be */
    char *file;  /* what is to be moved there, or NULL: it is written in its place */
};

static bool write_to(int fd, const uint8_t *data, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = write(fd, data + done, size - done);
        if (n < 0) {
            return false;
        }
        done += (size_t)n;
    }
    return true;
}

/* Write what is open, and close it. */
static bool fill(int fd, const struct sk_output *output, bool is_file)
{
    bool is_written = write_to(fd, output->data, output->size) &&
                      (!is_file || ftruncate(fd, (off_t)output->size) == 0);
    int error = errno;

    if (close(fd) != 0) {
        return false;
    }
    errno = error;
    return is_written;
}

static bool write_in_place(const char *path, const struct sk_output *output, bool is_file)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    return fd >= 0 && fill(fd, output, is_file);
}

/* A new file in the folder of place. */
static int open_beside(struct staged *s)
{
    const char *slash = strrchr(s->place, '/');
    int folder = slash == NULL ? 0 : (int)(slash + 1 - s->place);

    if (asprintf(&s->file, "%.*s.selkie.XXXXXX", folder, s->place) < 0) {
        abort();
    }
    int fd = mkostemp(s->file, O_CLOEXEC);
    if (fd < 0) {
        free(s->file);
        s->file = NULL;
    }
    return fd;
}

/* Give a file the owner and access of the one it is to replace. False: that may not be. */
static bool make_like(int fd, const struct stat *old)
{
    struct stat info;

    if (fstat(fd, &info) != 0) {
        return false;
    }
    bool is_alike = info.st_uid == old->st_uid && info.st_gid == old->st_gid;
    return (is_alike || fchown(fd, old->st_uid, old->st_gid) == 0) &&
           fchmod(fd, old->st_mode & 07777) == 0;
}

/* The access that open() would give a new file. */
static bool make_new(int fd)
{
    mode_t mask = umask(0);

    umask(mask);
    return fchmod(fd, 0666 & ~mask) == 0;
}

static void forget_file(struct staged *s)
{
    if (s->file != NULL) {
        unlink(s->file);
    }
    free(s->file);
    s->file = NULL;
}

/* Write beside a file that is there, unless only its contents can be replaced. */
static bool stage_again(const struct sk_output *output, const struct stat *old,
                        struct staged *s)
{
    if (faccessat(AT_FDCWD, s->place, W_OK, AT_EACCESS) != 0) {
        return false;
    }
    int fd = old->st_nlink == 1 ? open_beside(s) : -1;
    if (fd >= 0 && make_like(fd, old)) {
        return fill(fd, output, true);
    }
    if (fd >= 0) {
        close(fd);
    }
    forget_file(s);
    return true;
}

static bool stage_new(const struct sk_output *output, struct staged *s)
{
    int fd = open_beside(s);

    return fd >= 0 && make_new(fd) && fill(fd, output, true);
}

static bool is_special(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && !S_ISREG(info.st_mode);
}

static bool stage(const struct sk_output *output, struct staged *s)
{
    struct stat info;
    bool is_there = stat(output->path, &info) == 0;

    s->place = sk_file_resolve(output->path);
    if (s->place == NULL) {
        return false;
    }
    return is_there ? stage_again(output, &info, s) : stage_new(output, s);
}

/* What cannot be moved, as onto a mount or in another's sticky folder, is written in place. */
static bool move(const struct sk_output *output, struct staged *s)
{
    if (rename(s->file, s->place) == 0) {
        free(s->file);
        s->file = NULL;
        return true;
    }
    int error = errno;
    if (write_in_place(s->place, output, true)) {
        return true;
    }
    errno = error;
    return false;
}

static bool refuse(const char *path)
{
    sk_report_error("%s: cannot write: %s", path, strerror(errno));
    return sk_report_help("choose another file with -o");
}

/* Devices, and pipes, which may block for ever. */
static bool write_special(const struct sk_output *output, size_t count)
{
    bool is_done = true;

    for (size_t i = 0; i < count && is_done; i++) {
        const char *path = output[i].path;
        is_done = path == NULL || !is_special(path) ||
                  write_in_place(path, &output[i], false) || refuse(path);
    }
    return is_done;
}

/* Those in their places come first: they can fail. */
static bool write_files(const struct sk_output *output, size_t count, struct staged *staged)
{
    bool is_done = true;

    for (size_t i = 0; i < count && is_done; i++) {
        const char *path = output[i].path;
        is_done =
            path == NULL || is_special(path) || stage(&output[i], &staged[i]) || refuse(path);
    }
    for (size_t i = 0; i < count && is_done; i++) {
        is_done = staged[i].place == NULL || staged[i].file != NULL ||
                  write_in_place(staged[i].place, &output[i], true) || refuse(output[i].path);
    }
    for (size_t i = 0; i < count && is_done; i++) {
        is_done =
            staged[i].file == NULL || move(&output[i], &staged[i]) || refuse(output[i].path);
    }
    return is_done;
}

bool sk_outputs_write(const struct sk_output *output, size_t count)
{
    struct staged *staged = calloc(count + 1, sizeof(*staged));
    sigset_t all, before;

    if (staged == NULL) {
        abort();
    }
    bool is_done = write_special(output, count);
    /* Who is ended with files half-way would leave them. That takes no longer than a disk. */
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    is_done = is_done && write_files(output, count, staged);
    for (size_t i = 0; i < count; i++) {
        forget_file(&staged[i]);
        free(staged[i].place);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    free(staged);
    return is_done;
}
