/*
 * The same random operations on the kernel's core in this process, and the same traces:
 *
 *     differential FIRST COUNT OPERATIONS MODE [LABEL...]
 *
 * The stage is the calling thread, and the actors are played (player.h).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>
#include <selkie/arch/kernel/window.h>
#include <selkie/base/assert.h>
#include <selkie/rt/print.h>

#include "host/coverage.h"
#include "host/player.h"
#include "session.h"

#define RAM_BYTES 0x2000000ull /* the stage takes 8 MiB in one piece */

void sk_printf(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vprintf(format, args);
    va_end(args);
}

void sk_panic_at(const char *file, int line, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fflush(stdout);
    fprintf(stderr, "panic: %s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
    va_end(args);
    exit(2);
}

int main(int argc, char **argv)
{
    struct session session = session_default();
    uint64_t *words = &session.first;
    struct kernel *k = sk_host_open(RAM_BYTES);

    for (int i = 1; i < argc && i <= (int)SESSION_WORDS; i++) {
        words[i - 1] = strtoull(argv[i], NULL, 10);
    }
    sk_assert(k != NULL);
    sk_assert(sk_host_window_open(k));
    sk_assert(sk_host_threads_open(k, 0));
    player_init(session.mode == SESSION_CHECKED);
    sk_host_threads_play(player_step);
    session_run(sk_host_boot_info(k), &session);
    coverage_print();
    puts("end");
    sk_host_threads_close(k);
    sk_host_window_close(k);
    sk_host_close(k);
    return 0;
}
