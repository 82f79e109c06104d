/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../cli/file.h"
#include "../cli/output.h"
#include "../cli/report.h"
#include "../compose/show/show.h"
#include "description.h"

enum {
    NOT_STARTED = 127,
    LAYERED_MAX = 400, /* lines; dot's time grows with their cube: 2000 take it minutes */
    DRAW_SECONDS = 60,
};

/* dot's own layout, of layers; and one for so many lines that only their ends can be seen. */
static char *const layered[] = {"dot", "-Tsvg", NULL};
static char *const net[] = {"dot", "-Tsvg", "-Ksfdp", "-Goverlap=prism", "-Gsplines=line",
                            NULL};

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);

    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static bool write_output(const char *path, const void *data, size_t size)
{
    return sk_outputs_write(&(struct sk_output){path, data, size}, 1);
}

/* dot, reading and writing files without names. What waitpid() gives, or -1 with errno set. */
static int run_dot(char *const *command, int in, int out)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0) {
            alarm(DRAW_SECONDS);
            execvp(command[0], command);
        }
        _exit(NOT_STARTED);
    }
    if (pid < 0 || waitpid(pid, &status, 0) < 0) {
        return -1;
    }
    return status;
}

/* Why nothing was drawn to path. Always returns false. */
static bool refuse(int status, const char *path)
{
    if (status != -1 && WIFEXITED(status) && WEXITSTATUS(status) == NOT_STARTED) {
        sk_report_error("dot, which draws, is not installed");
        return sk_report_help("sudo apt-get install graphviz; or write its input: -o %s.dot",
                              path);
    }
    if (status != -1 && WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
        sk_report_error("dot has drawn nothing in %d seconds", DRAW_SECONDS);
        return sk_report_help("write its input, and try its other layouts: -o %s.dot", path);
    }
    if (status != -1 && WIFSIGNALED(status)) {
        sk_report_error("dot was ended by signal %d and drew nothing", WTERMSIG(status));
    } else {
        sk_report_error("dot ended with status %d and drew nothing",
                        status == -1 ? status : WEXITSTATUS(status));
    }
    return sk_report_help("look at its input: -o %s.dot", path);
}

/* The picture of a text in Graphviz's language, to path. */
static bool draw(char *const *command, const char *text, size_t size, const char *path)
{
    int in = memfd_create("selkie-dot", MFD_CLOEXEC);
    int out = memfd_create("selkie-svg", MFD_CLOEXEC);
    bool is_drawn = false;

    if (in < 0 || out < 0 || write(in, text, size) != (ssize_t)size ||
        lseek(in, 0, SEEK_SET) != 0) {
        sk_report_error("cannot keep the picture in memory: %s", strerror(errno));
        sk_report_help("free some memory on this machine");
    } else {
        int status = run_dot(command, in, out);
        off_t drawn = lseek(out, 0, SEEK_END);
        uint8_t *data = drawn > 0 ? malloc((size_t)drawn) : NULL;
        is_drawn = status == 0 && data != NULL && pread(out, data, (size_t)drawn, 0) == drawn
                       ? write_output(path, data, (size_t)drawn)
                       : refuse(status, path);
        free(data);
    }
    close(in);
    close(out);
    return is_drawn;
}

/* How many lines there are between domains, and to regions: what graph.c writes for each. */
static size_t count_lines(const struct sk_system *system)
{
    size_t count = 0;

    for (size_t i = 0; i < system->channel_count; i++) {
        const struct sk_system_end *end = system->channels[i].end;
        count += (size_t)end[0].pp.value + (size_t)end[1].pp.value +
                 (size_t)(end[0].notify.value || end[1].notify.value);
    }
    for (size_t i = 0; i < system->domain_count; i++) {
        count += system->domains[i].map_count;
    }
    return count;
}

/* The picture, or the text that it is made of, to path. */
static bool write_graph(const struct sk_system *system, const char *text, size_t size,
                        const char *path)
{
    size_t lines = count_lines(system);

    if (ends_with(path, ".dot")) {
        return write_output(path, text, size);
    }
    if (lines <= LAYERED_MAX) {
        return draw(layered, text, size, path);
    }
    sk_report_note("%zu lines: drawn as a net, without frames around children", lines);
    return draw(net, text, size, path);
}

static bool show(const struct sk_system *system, const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    if (out == NULL) {
        abort();
    }
    bool is_shown = sk_show_graph(system, out);
    is_shown = fclose(out) == 0 && is_shown;
    if (!is_shown) {
        sk_report_error("cannot keep the graph in memory");
        sk_report_help("free some memory on this machine");
    } else {
        is_shown = write_graph(system, text, size, path);
    }
    free(text);
    return is_shown;
}

int sk_cmd_graph(const struct sk_options *options)
{
    struct sk_description d = {0};

    if (options->out == NULL) {
        sk_report_error("'selkie graph' needs the name of its output");
        sk_report_help("selkie graph %s -o system.svg", options->elf);
        return SK_STATUS_FAILED;
    }
    if (sk_file_is_same(options->elf, options->out)) {
        sk_report_error("%s: the output would overwrite the description", options->out);
        sk_report_help("choose another file with -o");
        return SK_STATUS_FAILED;
    }
    enum sk_status status = sk_description_read(options, &d);
    if (status == SK_STATUS_OK) {
        status = show(d.system, options->out) ? SK_STATUS_OK : SK_STATUS_FAILED;
        sk_description_drop(&d);
    }
    return status;
}
