/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct source *fixture_source(struct arena *a, const char *text)
{
    struct source *source = arena_take(a, sizeof(*source));
    *source =
        (struct source){.path = "test", .label = "test", .text = text, .size = strlen(text)};
    return source;
}

struct xml_node *fixture_xml(struct arena *a, const char *text)
{
    return xml_parse(a, fixture_source(a, text));
}

struct config fixture_config(void)
{
    static struct symbol symbols[] = {
        {.name = "KERNEL_MCS", .is_switch = true, .is_on = true, .value = ""},
        {.name = "PRINTING", .is_switch = true, .value = ""},
        {.name = "NUM_PRIORITIES", .value = "256"},
        {.name = "ARM_MACH", .value = ""},
    };
    static const char *const known[] = {"KERNEL_MCS", "PRINTING", "NUM_PRIORITIES", "VTX"};
    return (struct config){
        .kernel = {.list = symbols, .count = sizeof(symbols) / sizeof(symbols[0])},
        .known = known,
        .known_count = sizeof(known) / sizeof(known[0]),
    };
}

void fixture_expect_fail(void (*act)(const char *arg), const char *arg, const char *words)
{
    int ends[2];
    char said[4096] = {0};
    size_t length = 0;
    ssize_t got;
    int status = 0;

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        close(ends[0]);
        act(arg);
        _exit(0);
    }
    close(ends[1]);
    while (length < sizeof(said) - 1 &&
           (got = read(ends[0], said + length, sizeof(said) - 1 - length)) > 0) {
        length += (size_t)got;
    }
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 125 || strstr(said, words) == NULL) {
        fail_msg("status 0x%x, said: %s", (unsigned)status, said);
    }
}
