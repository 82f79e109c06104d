/* SPDX-License-Identifier: BSD-2-Clause */
#include "session.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "console.h"
#include "report.h"
#include "selkie.h"
#include "terminal.h"

enum {
    GRACE_MS = 300,   /* from asking QEMU to end to ending it */
    QUIET_MS = 200,   /* no more output for this long: a fault report is complete */
    REPORT_MS = 1000, /* and it is taken to be complete after this time */
    BUFFER_SIZE = 4096,
};

static const int64_t never = INT64_MAX;

enum { CONSOLE, MESSAGES, SIGNALS, INPUT, UART, POLL_COUNT };

struct session {
    const struct sk_options *options;
    const struct sk_qemu *qemu;
    struct sk_console console;
    struct pollfd poll[POLL_COUNT];

    char input[BUFFER_SIZE]; /* read, and not yet written to the UART */
    size_t input_at, input_end;
    bool input_open;

    char message[BUFFER_SIZE]; /* QEMU's first complaint */
    char line[BUFFER_SIZE];    /* the line of its messages that is being read */
    size_t line_length;

    int64_t deadline_ms; /* the time limit */
    int64_t quiet_ms;    /* when a fault report is taken to be complete */
    int64_t report_ms;   /* the latest time for that, or 0 */
    int64_t kill_ms;     /* when a QEMU that was asked to end is ended */
    int stop_status;     /* why it was asked; SK_STATUS_OK: it was not */
    bool has_exited;
    int exit_status; /* as waitpid() gives it */
};

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* End the run with this status; the first reason counts. */
static void stop(struct session *s, int status)
{
    if (s->stop_status == SK_STATUS_OK && !s->has_exited) {
        s->stop_status = status;
        s->kill_ms = now_ms() + GRACE_MS;
        s->quiet_ms = s->deadline_ms = never;
        kill(s->qemu->pid, SIGTERM);
    }
}

static bool write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, data, size);
        if (n < 0 && errno != EINTR && errno != EAGAIN) {
            return false;
        }
        if (n < 0) {
            poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
            continue;
        }
        data += n;
        size -= (size_t)n;
    }
    return true;
}

static void read_console(struct session *s)
{
    char data[BUFFER_SIZE];
    ssize_t n = read(s->qemu->out, data, sizeof(data));

    if (n <= 0) {
        s->poll[CONSOLE].fd = -1;
        return;
    }
    if (s->stop_status == SK_STATUS_INTERRUPTED) {
        return;
    }
    if (!write_all(STDOUT_FILENO, data, (size_t)n)) {
        stop(s, SK_STATUS_INTERRUPTED);
        return;
    }
    sk_console_feed(&s->console, data, (size_t)n);
    if (s->console.event == SK_CONSOLE_LOADER_ERROR) {
        stop(s, SK_STATUS_FAILED);
    } else if (s->console.event == SK_CONSOLE_FAULT && !s->options->keep_going &&
               s->stop_status == SK_STATUS_OK) {
        int64_t now = now_ms();
        s->report_ms = s->report_ms == 0 ? now + REPORT_MS : s->report_ms;
        s->quiet_ms = now + QUIET_MS < s->report_ms ? now + QUIET_MS : s->report_ms;
    }
}

/* What QEMU says when it is ended by us, and when a guest idles under -icount. */
static bool is_expected(const char *line)
{
    return strstr(line, "terminating on signal") != NULL ||
           strstr(line, "icount sleep disabled and no active timers") != NULL;
}

/* A line from QEMU itself: its first complaint is kept, the rest is shown. */
static void end_message(struct session *s)
{
    size_t name = strlen(s->qemu->name);

    s->line[s->line_length] = '\0';
    s->line_length = 0;
    if (is_expected(s->line)) {
        return;
    }
    if (strncmp(s->line, s->qemu->name, name) != 0 || s->line[name] != ':' ||
        strstr(s->line, "warning:") != NULL) {
        fprintf(stderr, "%s\n", s->line);
    } else if (s->message[0] == '\0') {
        const char *text = s->line + name + 1;
        strcpy(s->message, text + strspn(text, " "));
    }
}

static void read_messages(struct session *s)
{
    char data[BUFFER_SIZE];
    ssize_t n = read(s->qemu->err, data, sizeof(data));

    for (ssize_t i = 0; i < n; i++) {
        if (data[i] == '\n') {
            end_message(s);
        } else if (s->line_length < sizeof(s->line) - 1) {
            s->line[s->line_length++] = data[i];
        }
    }
    if (n <= 0) {
        s->poll[MESSAGES].fd = -1;
        if (s->line_length > 0) {
            end_message(s);
        }
    }
}

static void read_signal(struct session *s)
{
    struct signalfd_siginfo info;

    if (read(s->poll[SIGNALS].fd, &info, sizeof(info)) != sizeof(info)) {
        return;
    }
    if (info.ssi_signo == SIGCHLD) {
        if (waitpid(s->qemu->pid, &s->exit_status, WNOHANG) == s->qemu->pid) {
            s->has_exited = true;
            s->kill_ms = s->quiet_ms = s->deadline_ms = never;
        }
    } else {
        stop(s, SK_STATUS_INTERRUPTED);
    }
}

static void read_input(struct session *s)
{
    ssize_t n = read(STDIN_FILENO, s->input, sizeof(s->input));

    s->input_at = 0;
    s->input_end = n > 0 ? (size_t)n : 0;
    s->input_open = n > 0;
}

static void write_uart(struct session *s)
{
    ssize_t n = write(s->qemu->in, s->input + s->input_at, s->input_end - s->input_at);

    if (n > 0) {
        s->input_at += (size_t)n;
    } else if (n < 0 && errno != EAGAIN) {
        s->input_at = s->input_end;
        s->input_open = false;
    }
}

static void check_time(struct session *s)
{
    int64_t now = now_ms();

    if (now >= s->kill_ms) {
        s->kill_ms = never;
        kill(s->qemu->pid, SIGKILL);
    }
    if (now >= s->quiet_ms) {
        stop(s, SK_STATUS_FAULT);
    }
    if (now >= s->deadline_ms) {
        stop(s, SK_STATUS_TIMEOUT);
    }
}

static int next_timeout(const struct session *s)
{
    int64_t next = s->kill_ms;

    next = s->quiet_ms < next ? s->quiet_ms : next;
    next = s->deadline_ms < next ? s->deadline_ms : next;
    if (next == never) {
        return -1;
    }
    int64_t left = next - now_ms();
    return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

static void loop(struct session *s)
{
    while (!s->has_exited || s->poll[CONSOLE].fd >= 0 || s->poll[MESSAGES].fd >= 0) {
        bool has_input = s->input_at < s->input_end;
        s->poll[INPUT].fd = s->input_open && !has_input ? STDIN_FILENO : -1;
        s->poll[UART].fd = has_input && !s->has_exited ? s->qemu->in : -1;
        if (poll(s->poll, POLL_COUNT, next_timeout(s)) < 0 && errno != EINTR) {
            return;
        }
        if (s->poll[CONSOLE].revents != 0) {
            read_console(s);
        }
        if (s->poll[MESSAGES].revents != 0) {
            read_messages(s);
        }
        if (s->poll[SIGNALS].revents != 0) {
            read_signal(s);
        }
        if (s->poll[INPUT].revents != 0) {
            read_input(s);
        }
        if (s->poll[UART].revents != 0) {
            write_uart(s);
        }
        check_time(s);
    }
}

static int conclude(const struct session *s)
{
    if (s->stop_status == SK_STATUS_TIMEOUT) {
        sk_report_error("the program did not end within %g s", s->options->timeout_s);
        sk_report_help("see where it is: --gdb");
    }
    if (s->stop_status == SK_STATUS_FAULT) {
        sk_report_error("the kernel reported a fault that nobody handled");
        sk_report_help("see what is at its address: --gdb; or run on: --keep-going");
    }
    if (s->stop_status == SK_STATUS_FAILED) {
        sk_report_error("the loader could not start the kernel");
        sk_report_help(
            "the console says why; choose a kernel and a board that fit: --sel4, --config, "
            "--board");
    }
    if (s->stop_status != SK_STATUS_OK) {
        return s->stop_status;
    }
    if (WIFSIGNALED(s->exit_status)) {
        sk_report_error("QEMU ended by signal %d (%s)%s%s", WTERMSIG(s->exit_status),
                        strsignal(WTERMSIG(s->exit_status)), s->message[0] != '\0' ? ": " : "",
                        s->message);
        sk_report_help(
            "this is a bug of QEMU or of this machine; try again, or another --qemu");
        return SK_STATUS_FAILED;
    }
    if (s->message[0] != '\0' && WEXITSTATUS(s->exit_status) != 0) {
        sk_report_error("%s: %s", s->qemu->name, s->message);
        sk_report_help("the board file's \"qemu\" says how it is started; choose another with "
                       "--board");
        return SK_STATUS_FAILED;
    }
    return WEXITSTATUS(s->exit_status);
}

/* The signals that the loop reads. */
static void fill_signals(sigset_t *signals)
{
    static const int handled[] = {SIGCHLD, SIGINT, SIGTERM, SIGHUP, SIGQUIT};

    sigemptyset(signals);
    for (size_t i = 0; i < sizeof(handled) / sizeof(handled[0]); i++) {
        sigaddset(signals, handled[i]);
    }
}

void sk_session_prepare(void)
{
    sigset_t signals;

    fill_signals(&signals);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
}

int sk_session_run(const struct sk_options *options, const struct sk_qemu *qemu)
{
    struct session s = {
        .options = options,
        .qemu = qemu,
        .input_open = sk_terminal_has_input(),
        .deadline_ms = never,
        .quiet_ms = never,
        .kill_ms = never,
    };
    struct sk_terminal terminal;
    sigset_t signals;

    fill_signals(&signals);
    s.poll[CONSOLE] = (struct pollfd){.fd = qemu->out, .events = POLLIN};
    s.poll[MESSAGES] = (struct pollfd){.fd = qemu->err, .events = POLLIN};
    s.poll[SIGNALS] = (struct pollfd){.fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK),
                                      .events = POLLIN};
    s.poll[INPUT].events = POLLIN;
    s.poll[UART].events = POLLOUT;
    if (options->timeout_s > 0) {
        s.deadline_ms = now_ms() + (int64_t)(options->timeout_s * 1000);
    }

    sk_terminal_open(&terminal);
    loop(&s);
    sk_terminal_close(&terminal);
    close(s.poll[SIGNALS].fd);
    return conclude(&s);
}
