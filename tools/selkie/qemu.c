/* SPDX-License-Identifier: BSD-2-Clause */
#include "qemu.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../cli/report.h"

/* Arguments that every run has, behind the board's own. */
static const char *const common_args[] = {
    "-nodefaults",
    "-display",
    "none",
    "-no-reboot",
    "-chardev",
    "stdio,id=console,signal=off",
    "-serial",
    "chardev:console",
    /* Its own standard output once more: a pipe, so the two never overwrite each other. */
    "-chardev",
    "file,id=semihosting,path=/proc/self/fd/1,append=on",
    "-semihosting-config",
    "enable=on,userspace=on,target=native,chardev=semihosting",
};

static const char *const deterministic_args[] = {"-icount", "shift=0,sleep=off"};
/* What sk_qemu_end() looks for in the log; its path follows. */
static const char *const log_args[] = {"-d", "cpu_reset", "-trace", "runstate_set", "-D"};
static const char machine_was_reset[] = "CPU Reset";
static const char machine_was_stopped[] = "(shutdown)";
enum { LOG_MAX = 1 << 20 };

static const char *const gdb_args[] = {"-S", "-gdb"};

/* Arguments that are made for this run. */
struct texts {
    char image_path[64], log_path[64], gdb[64];
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct pipes {
    int in[2], out[2], err[2], exec[2];
};

static const char **add(const char **argv, const char *const *args, size_t count)
{
    memcpy(argv, args, count * sizeof(*args));
    return argv + count;
}

/* The command, ended by NULL; the strings are not copied. */
static const char **command(const struct sk_options *options, const struct sk_board *board,
                            const char *binary, const struct texts *texts)
{
    size_t max = 1 + board->arg_count + COUNT(common_args) + COUNT(deterministic_args) +
                 COUNT(gdb_args) + 1 + COUNT(log_args) + 1 + 2 + 2 + 1;
    const char **argv = calloc(max, sizeof(*argv));
    const char **end = argv;

    if (argv == NULL) {
        return NULL;
    }
    *end++ = binary;
    end = add(end, (const char *const *)board->args, board->arg_count);
    end = add(end, common_args, COUNT(common_args));
    if (options->deterministic) {
        end = add(end, deterministic_args, COUNT(deterministic_args));
    }
    if (options->gdb_port != 0) {
        end = add(end, gdb_args, COUNT(gdb_args));
        *end++ = texts->gdb;
    }
    end = add(end, log_args, COUNT(log_args));
    *end++ = texts->log_path;
    if (options->args != NULL) {
        *end++ = "-append";
        *end++ = options->args;
    }
    *end++ = "-kernel";
    *end = texts->image_path;
    return argv;
}

/* The image in memory, readable through an inherited descriptor; -1 with errno set. */
static int image_open(const struct sk_image *image)
{
    int fd = memfd_create("selkie-image", 0);

    for (size_t done = 0; fd >= 0 && done < image->size;) {
        ssize_t n = write(fd, image->data + done, image->size - done);
        if (n < 0) {
            close(fd);
            return -1;
        }
        done += (size_t)n;
    }
    return fd;
}

/* In the child: arrange descriptors and signals, and become QEMU. */
static _Noreturn void become(const struct pipes *p, pid_t parent, const char **argv)
{
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    /* The terminal's signals are selkie's; and QEMU must not survive it. */
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() == parent && dup2(p->in[0], STDIN_FILENO) >= 0 &&
        dup2(p->out[1], STDOUT_FILENO) >= 0 && dup2(p->err[1], STDERR_FILENO) >= 0) {
        execvp(argv[0], (char *const *)argv);
    }
    int error = errno;
    (void)!write(p->exec[1], &error, sizeof(error));
    _exit(EXIT_FAILURE);
}

static bool report_exec(int error, const char *binary, const struct sk_board *board)
{
    if (error != ENOENT) {
        sk_report_error("cannot start %s: %s", binary, strerror(error));
        return sk_report_help("ls -l %s, or choose another with --qemu", binary);
    }
    sk_report_error("%s is not installed", binary);
    return sk_report_help("sudo apt-get install %s", board->package);
}

static void close_pair(int pair[2])
{
    close(pair[0]);
    close(pair[1]);
}

static bool spawn(const struct pipes *p, const char **argv, const struct sk_board *board,
                  struct sk_qemu *qemu)
{
    pid_t self = getpid();
    int error = 0;

    fflush(NULL);
    qemu->pid = fork();
    if (qemu->pid == 0) {
        become(p, self, argv);
    }
    close(p->in[0]);
    close(p->out[1]);
    close(p->err[1]);
    close(p->exec[1]);
    if (qemu->pid < 0) {
        error = errno;
    } else if (read(p->exec[0], &error, sizeof(error)) == sizeof(error)) {
        waitpid(qemu->pid, NULL, 0);
    }
    close(p->exec[0]);
    if (error != 0) {
        close(p->in[1]);
        close(p->out[0]);
        close(p->err[0]);
        return report_exec(error, argv[0], board);
    }
    fcntl(p->in[1], F_SETFL, O_NONBLOCK);
    qemu->in = p->in[1];
    qemu->out = p->out[0];
    qemu->err = p->err[0];
    return true;
}

static bool make_pipes(struct pipes *p)
{
    int *pairs[] = {p->in, p->out, p->err, p->exec};

    for (size_t i = 0; i < COUNT(pairs); i++) {
        if (pipe2(pairs[i], O_CLOEXEC) != 0) {
            int error = errno;
            while (i > 0) {
                close_pair(pairs[--i]);
            }
            sk_report_error("cannot make a pipe: %s", strerror(error));
            return sk_report_help("ulimit -n: more open files may be needed");
        }
    }
    return true;
}

bool sk_qemu_start(const struct sk_options *options, const struct sk_board *board,
                   const struct sk_image *image, struct sk_qemu *ret_qemu)
{
    const char *binary = options->qemu != NULL ? options->qemu : board->qemu;
    const char *slash = strrchr(binary, '/');
    struct sk_qemu qemu = {.name = slash != NULL ? slash + 1 : binary};
    struct texts texts;
    struct pipes p;
    int fd = image_open(image);

    qemu.log = fd < 0 ? -1 : memfd_create("selkie-log", 0);
    if (qemu.log < 0) {
        sk_report_error("cannot keep the image in memory: %s", strerror(errno));
        return sk_report_help("free some memory on this machine");
    }
    snprintf(texts.image_path, sizeof(texts.image_path), "/proc/self/fd/%d", fd);
    snprintf(texts.log_path, sizeof(texts.log_path), "/proc/self/fd/%d", qemu.log);
    snprintf(texts.gdb, sizeof(texts.gdb), "tcp:127.0.0.1:%u", options->gdb_port);
    const char **argv = command(options, board, binary, &texts);
    bool is_started = argv != NULL && make_pipes(&p) && spawn(&p, argv, board, &qemu);
    free(argv);
    close(fd);
    if (is_started) {
        *ret_qemu = qemu;
    }
    return is_started;
}

enum sk_qemu_end sk_qemu_end(const struct sk_qemu *qemu)
{
    char *log = calloc(1, LOG_MAX + 1);
    enum sk_qemu_end end = SK_QEMU_EXITED;
    off_t size = lseek(qemu->log, 0, SEEK_END);

    /* The end is enough: a log that is longer shows a machine that started. */
    if (log == NULL ||
        pread(qemu->log, log, LOG_MAX, size > LOG_MAX ? size - LOG_MAX : 0) < 0) {
        free(log);
        return SK_QEMU_EXITED;
    }
    if (strstr(log, machine_was_reset) == NULL && size <= LOG_MAX) {
        end = SK_QEMU_NOT_STARTED;
    } else if (strstr(log, machine_was_stopped) != NULL) {
        end = SK_QEMU_SWITCHED_OFF;
    }
    free(log);
    return end;
}
