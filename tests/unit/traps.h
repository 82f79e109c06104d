/*
 * Does a function trap? It runs in a child, so that the test goes on.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRAPS_SECONDS 10

/*
 * True if body(arg) ends in __builtin_trap(); false if it returns, or ends in any other way, or
 * not at all.
 */
static inline bool traps(void (*body)(void *arg), void *arg)
{
    int status = 0;
    pid_t child = fork();

    if (child == 0) {
        alarm(TRAPS_SECONDS);
        signal(SIGILL, SIG_DFL); /* the sanitizers' handler would say that it is a mistake */
        body(arg);
        _exit(0);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status) &&
           WTERMSIG(status) == SIGILL;
}
