/* SPDX-License-Identifier: BSD-2-Clause */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report.h"

/* An output on its way. */
struct staged {
    char *file;  /* what was written, or NULL: nothing is to be moved */
    char *place; /* where it is to be */
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

/* A new file in the folder of place, with the access that open() would give it. */
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
        return -1;
    }
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, 0666 & ~mask);
    return fd;
}

static int open_output(const char *path, struct staged *s)
{
    struct stat info;
    bool is_there = stat(path, &info) == 0;

    if (is_there && (!S_ISREG(info.st_mode) || access(path, W_OK) != 0)) {
        return open(path, O_WRONLY | O_CLOEXEC);
    }
    s->place = is_there ? realpath(path, NULL) : strdup(path);
    if (s->place == NULL) {
        return -1;
    }
    return open_beside(s);
}

static bool stage(const struct sk_output *output, struct staged *s)
{
    int fd = open_output(output->path, s);

    if (fd < 0) {
        return false;
    }
    bool is_written = write_to(fd, output->data, output->size);
    int err = errno;
    if (close(fd) != 0) {
        return false;
    }
    errno = err;
    return is_written;
}

static bool place(struct staged *s)
{
    if (s->file == NULL) {
        return true;
    }
    if (rename(s->file, s->place) != 0) {
        return false;
    }
    free(s->file);
    s->file = NULL;
    return true;
}

static void drop(struct staged *s)
{
    if (s->file != NULL) {
        unlink(s->file);
    }
    free(s->file);
    free(s->place);
}

static bool refuse(const char *path)
{
    sk_report_error("%s: cannot write: %s", path, strerror(errno));
    return sk_report_help("choose another file with -o");
}

bool sk_outputs_write(const struct sk_output *output, size_t count)
{
    struct staged *staged = calloc(count + 1, sizeof(*staged));
    bool is_done = true;

    if (staged == NULL) {
        abort();
    }
    for (size_t i = 0; i < count && is_done; i++) {
        const char *path = output[i].path;
        is_done = path == NULL || stage(&output[i], &staged[i]) || refuse(path);
    }
    for (size_t i = 0; i < count && is_done; i++) {
        is_done = place(&staged[i]) || refuse(output[i].path);
    }
    for (size_t i = 0; i < count; i++) {
        drop(&staged[i]);
    }
    free(staged);
    return is_done;
}
