/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../../../tools/cli/report.h"
#include "../../../../tools/cli/standard.h"

const char sk_report_name[] = "standard_test";

/* Does it hold in a process of its own, with this as its standard output, or none? */
static bool holds(bool (*act)(void), const char *output)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0) {
        /* What cmocka has printed is its own. */
        (void)!freopen(output != NULL ? output : "/dev/null", "w", stdout);
        if (output == NULL) {
            close(STDOUT_FILENO);
        }
        sk_standard_open();
        _exit(act() ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status) == 0;
}

static bool print(void)
{
    printf("text");
    return sk_standard_close();
}

static bool report_between(void)
{
    printf("text");
    sk_report_note("something else");
    return sk_standard_close();
}

static bool open_one(void)
{
    return open("/dev/null", O_RDONLY) > STDERR_FILENO;
}

static bool read_nothing(void)
{
    char byte;

    close(STDIN_FILENO);
    sk_standard_open();
    return read(STDIN_FILENO, &byte, 1) == 0 && open_one();
}

static bool write_nowhere(void)
{
    close(STDERR_FILENO);
    sk_standard_open();
    return write(STDERR_FILENO, "x", 1) == 1 && open_one();
}

static void output_that_is_taken_is_not_lost(void **state)
{
    (void)state;
    assert_true(holds(print, "/dev/null"));
    assert_true(holds(report_between, "/dev/null"));
    assert_true(holds(sk_standard_close, "/dev/full"));
    assert_true(holds(sk_standard_close, NULL));
}

static void output_that_is_not_taken_is_lost(void **state)
{
    (void)state;
    assert_false(holds(print, "/dev/full"));
    assert_false(holds(print, NULL));
}

static void a_report_does_not_hide_that_output_was_lost(void **state)
{
    (void)state;
    assert_false(holds(report_between, "/dev/full"));
    assert_false(holds(report_between, NULL));
}

static void no_file_takes_the_number_of_a_standard_one(void **state)
{
    (void)state;
    assert_true(holds(open_one, NULL));
    assert_true(holds(read_nothing, "/dev/null"));
    assert_true(holds(write_nowhere, "/dev/null"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(output_that_is_taken_is_not_lost),
        cmocka_unit_test(output_that_is_not_taken_is_lost),
        cmocka_unit_test(a_report_does_not_hide_that_output_was_lost),
        cmocka_unit_test(no_file_takes_the_number_of_a_standard_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
