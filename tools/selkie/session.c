/* SPDX-License-Identifier: BSD-2-Clause */
#include "session.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../cli/report.h"
#include "console.h"
#include "selkie.h"
#include "terminal.h"

enum {
    GRACE_MS = 300,     /* from asking QEMU to end to ending it */
    DRAIN_MS = 600,     /* from there to giving up on who reads the output */
    QUIET_MS = 200,     /* no more output for this long: a fault report is complete */
    REPORT_MS = 1000,   /* and it is taken to be complete after this time */
    BUFFER_SIZE = 4096, /* a pipe that is writable takes this much without blocking */
};

static const int64_t never = INT64_MAX;

enum { CONSOLE, MESSAGES, SIGNALS, INPUT, UART, OUTPUT, POLL_COUNT };

struct session {
    const struct sk_options *options;
    const struct sk_qemu *qemu;
    struct sk_console console;
    struct pollfd poll[POLL_COUNT];

    char data[BUFFER_SIZE]; /* read from the console */
    char *explained;        /* and with addresses explained, if there are symbols */
    struct sk_log log;
    const char *output; /* one of both, not yet written to standard output */
    size_t output_at, output_end;
    bool console_open;
    bool has_spoken; /* the console said something */
    int write_error; /* why output was lost, or 0 */

    char input[BUFFER_SIZE]; /* read, and not yet written to the UART */
    size_t input_at, input_end;
    bool input_open;

    char message[BUFFER_SIZE];  /* QEMU's first complaint */
    char ended_by[BUFFER_SIZE]; /* what it says of somebody who ends it */
    char line[BUFFER_SIZE];     /* the line of its messages that is being read */
    size_t line_length;

    int64_t deadline_ms; /* the time limit */
    int64_t quiet_ms;    /* when a fault report is taken to be complete */
    int64_t report_ms;   /* the latest time for that, or 0 */
    int64_t kill_ms;     /* when a QEMU that was asked to end is ended */
    int64_t drain_ms;    /* when output that nobody reads is given up */
    int stop_status;     /* why it was asked; SK_STATUS_OK: it was not */
    bool stopped_late;   /* QEMU had ended before, only its output was left */
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
    if (s->stop_status != SK_STATUS_OK) {
        return;
    }
    s->stop_status = status;
    s->stopped_late = s->has_exited;
    s->quiet_ms = s->deadline_ms = never;
    s->drain_ms = now_ms() + DRAIN_MS;
    if (!s->has_exited) {
        s->kill_ms = now_ms() + GRACE_MS;
        kill(s->qemu->pid, SIGTERM);
    }
}

/* What the console has said so far decides only while the guest runs. */
static void judge_console(struct session *s)
{
    int64_t now = now_ms();

    if (s->has_exited || s->stop_status != SK_STATUS_OK) {
        return;
    }
    if (s->console.event == SK_CONSOLE_LOADER_ERROR) {
        stop(s, SK_STATUS_FAILED);
    } else if (s->console.event == SK_CONSOLE_FAULT && !s->options->keep_going) {
        s->report_ms = s->report_ms == 0 ? now + REPORT_MS : s->report_ms;
        s->quiet_ms = now + QUIET_MS < s->report_ms ? now + QUIET_MS : s->report_ms;
    }
}

/* What was read becomes output. size is 0 at its end. */
static void show(struct session *s, size_t size)
{
    size_t explained_size = 0;
    FILE *text = NULL;

    s->output = s->data;
    s->output_end = size;
    if (s->log.symbols == NULL) {
        return;
    }
    free(s->explained);
    s->explained = NULL;
    text = open_memstream(&s->explained, &explained_size);
    if (text == NULL) {
        return;
    }
    if (size != 0) {
        sk_log_feed(&s->log, s->data, size, text);
    } else {
        sk_log_end(&s->log, text);
    }
    if (fclose(text) == 0) {
        s->output = s->explained;
        s->output_end = explained_size;
    }
}

static void read_console(struct session *s)
{
    ssize_t n = read(s->qemu->out, s->data, sizeof(s->data));

    if (n < 0) {
        n = 0;
    }
    s->console_open = n != 0;
    s->has_spoken = s->has_spoken || n != 0;
    if (s->stop_status != SK_STATUS_INTERRUPTED && s->write_error == 0) {
        s->output_at = 0;
        show(s, (size_t)n);
        sk_console_feed(&s->console, s->data, (size_t)n);
        judge_console(s);
    }
}

static void write_output(struct session *s)
{
    size_t size = s->output_end - s->output_at;
    ssize_t n =
        write(STDOUT_FILENO, s->output + s->output_at, size < BUFFER_SIZE ? size : BUFFER_SIZE);

    if (n >= 0) {
        s->output_at += (size_t)n;
    } else if (errno != EINTR && errno != EAGAIN) {
        s->write_error = errno;
        s->output_at = s->output_end;
        /* A reader that has left wants no more; that is how it interrupts. */
        if (errno != EPIPE) {
            stop(s, SK_STATUS_FAILED);
        } else if (!s->has_exited) {
            stop(s, SK_STATUS_INTERRUPTED);
        }
    }
}

/* What QEMU says when it is ended from outside: by a signal, by a debugger. */
static const char *const endings[] = {"terminating on signal", "Terminated via GDBstub"};

/* A line from QEMU itself: its first complaint is kept, the rest is shown. */
static void end_message(struct session *s)
{
    size_t name = strlen(s->qemu->name);

    s->line[s->line_length] = '\0';
    s->line_length = 0;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        const char *ended_by = strstr(s->line, endings[i]);
        if (ended_by != NULL) {
            strcpy(s->ended_by, ended_by);
            return;
        }
    }
    /* Said when a guest idles under -icount. */
    if (strstr(s->line, "icount sleep disabled and no active timers") != NULL) {
        return;
    }
    if (strncmp(s->line, s->qemu->name, name) != 0 || s->line[name] != ':' ||
        strstr(s->line, "warning:") != NULL) {
        sk_report_line(s->line);
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
            s->kill_ms = s->quiet_ms = never;
        }
    } else {
        stop(s, SK_STATUS_INTERRUPTED);
        s->output_at = s->output_end;
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
    next = s->drain_ms < next ? s->drain_ms : next;
    next = s->deadline_ms < next ? s->deadline_ms : next;
    if (next == never) {
        return -1;
    }
    int64_t left = next - now_ms();
    return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

/* Is there more to wait for? Output that nobody reads is not, once the run was ended. */
static bool goes_on(const struct session *s)
{
    if (!s->has_exited) {
        return true;
    }
    return now_ms() < s->drain_ms &&
           (s->console_open || s->output_at < s->output_end || s->poll[MESSAGES].fd >= 0);
}

static void choose_polls(struct session *s)
{
    bool has_input = s->input_at < s->input_end, has_output = s->output_at < s->output_end;

    s->poll[INPUT].fd = s->input_open && !has_input ? STDIN_FILENO : -1;
    s->poll[UART].fd = has_input && !s->has_exited ? s->qemu->in : -1;
    s->poll[CONSOLE].fd = s->console_open && !has_output ? s->qemu->out : -1;
    s->poll[OUTPUT].fd = has_output ? STDOUT_FILENO : -1;
}

static void loop(struct session *s)
{
    while (goes_on(s)) {
        choose_polls(s);
        if (poll(s->poll, POLL_COUNT, next_timeout(s)) < 0 && errno != EINTR) {
            return;
        }
        if (s->poll[OUTPUT].revents != 0) {
            write_output(s);
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

static const char silence_help[] =
    "do kernel and board fit, and is the image one of this SDK? See where it is: --gdb";

/* Why selkie ended the run. */
static void explain_stop(const struct session *s)
{
    if (s->stop_status == SK_STATUS_TIMEOUT && s->stopped_late) {
        sk_report_error("nobody read the program's output within %g s", s->options->timeout_s);
        sk_report_help("read it, or send it to a file: > output.txt");
    } else if (!s->has_spoken && s->stop_status == SK_STATUS_TIMEOUT) {
        sk_report_error("neither kernel nor program printed anything within %g s",
                        s->options->timeout_s);
        sk_report_help("%s", silence_help);
    } else if (!s->has_spoken && s->stop_status == SK_STATUS_INTERRUPTED) {
        sk_report_note("neither kernel nor program had printed anything");
        sk_report_help("%s", silence_help);
    } else if (s->stop_status == SK_STATUS_TIMEOUT) {
        sk_report_error("the program did not end within %g s", s->options->timeout_s);
        sk_report_help("see where it is: --gdb");
    } else if (s->stop_status == SK_STATUS_FAULT) {
        sk_report_error("the kernel reported a fault that nobody handled");
        sk_report_help("see what is at its address: --gdb; or run on: --keep-going");
    } else if (s->stop_status == SK_STATUS_FAILED && s->write_error != 0) {
        sk_report_error("output was lost: cannot write standard output: %s",
                        strerror(s->write_error));
        sk_report_help("send it elsewhere: > output.txt");
    } else if (s->stop_status == SK_STATUS_FAILED) {
        sk_report_error("the loader could not start the kernel");
        sk_report_help(
            "the console says why; choose a kernel and a board that fit: --sel4, --config, "
            "--board");
    }
}

/* Did QEMU end for another reason than that the guest gave a status? Then say for which. */
static bool explain_end(const struct session *s)
{
    int status = s->exit_status;

    if (WIFSIGNALED(status)) {
        sk_report_error("QEMU ended by signal %d (%s)%s%s", WTERMSIG(status),
                        strsignal(WTERMSIG(status)), s->message[0] != '\0' ? ": " : "",
                        s->message);
        return !sk_report_help(
            "this is a bug of QEMU or of this machine; try again, or another --qemu");
    }
    if (s->ended_by[0] != '\0') {
        sk_report_error("%s was ended before the program: %s", s->qemu->name, s->ended_by);
        return !sk_report_help("run it again, and let it run: --timeout limits its time");
    }
    if (s->message[0] != '\0' && WEXITSTATUS(status) != 0) {
        sk_report_error("%s: %s", s->qemu->name, s->message);
        if (s->options->gdb_port != 0 && strstr(s->message, "-gdb tcp:") != NULL) {
            return !sk_report_help("choose another port: --gdb=PORT");
        }
        return !sk_report_help("the board file's \"qemu\" says how it is started; choose "
                               "another with --board");
    }
    switch (sk_qemu_end(s->qemu)) {
    case SK_QEMU_NOT_STARTED:
        sk_report_error("%s ended with status %d and never started a machine", s->qemu->name,
                        WEXITSTATUS(status));
        return !sk_report_help("is it QEMU? Choose another with --qemu, or as the board "
                               "file's \"qemu\"");
    case SK_QEMU_SWITCHED_OFF:
        sk_report_error("the machine was switched off or reset, and the program gave no "
                        "status");
        return !sk_report_help("end the program with its status: return it from "
                               "SK_ROOT_TASK, or call sk_exit()");
    case SK_QEMU_EXITED:
        break;
    }
    return false;
}

static int conclude(const struct session *s)
{
    if (s->stop_status != SK_STATUS_OK) {
        explain_stop(s);
        return s->stop_status;
    }
    return explain_end(s) ? SK_STATUS_FAILED : WEXITSTATUS(s->exit_status);
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

int sk_session_run(const struct sk_options *options, const struct sk_qemu *qemu,
                   struct sk_symbols *symbols)
{
    struct session s = {
        .options = options,
        .qemu = qemu,
        .log.symbols = symbols,
        .input_open = sk_terminal_has_input(),
        .deadline_ms = never,
        .quiet_ms = never,
        .kill_ms = never,
        .drain_ms = never,
        .console_open = true,
    };
    struct sk_terminal terminal;
    sigset_t signals;

    fill_signals(&signals);
    s.poll[CONSOLE].events = POLLIN;
    s.poll[OUTPUT].events = POLLOUT;
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
    free(s.explained);
    return conclude(&s);
}
