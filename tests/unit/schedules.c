/* SPDX-License-Identifier: BSD-2-Clause */
#include "schedules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>

#include "host_kernel.h"

/* What a child leaves to its parent. */
static struct trace {
    uint64_t notes;
    uint64_t digest;
} * trace;

static struct trace own_trace;

static void stop_unless(bool is_good, const char *what)
{
    if (!is_good) {
        perror(what);
        abort();
    }
}

/* FNV-1a, a word at a time. */
static void mix(uint64_t word)
{
    trace->digest = (trace->digest ^ word) * 0x100000001b3;
}

void schedule_note(uint64_t what)
{
    trace->notes++;
    mix(what);
    mix(sk_host_turns_lost());
    mix(sk_host_kernel()->machine.now);
}

static void begin(void)
{
    *trace = (struct trace){.digest = 0xcbf29ce484222325};
}

static _Noreturn void play(schedule_scenario *run, uint64_t seed, int log)
{
    const char *wrong;

    alarm(SCHEDULE_SECONDS);
    if (dup2(log, STDERR_FILENO) < 0) {
        _exit(2);
    }
    wrong = run(seed);
    if (wrong != NULL) {
        dprintf(STDERR_FILENO, "%s\n", wrong);
    }
    _exit(wrong != NULL);
}

static struct schedule_verdict judge(int status, int log)
{
    struct schedule_verdict v = {.is_good = WIFEXITED(status) && WEXITSTATUS(status) == 0,
                                 .notes = trace->notes,
                                 .trace = trace->digest};
    ssize_t length = pread(log, v.why, sizeof(v.why) - 1, 0);

    stop_unless(length >= 0, "reading what a schedule said");
    v.why[strcspn(v.why, "\n")] = '\0';
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
        snprintf(v.why, sizeof(v.why), "it did not end");
    } else if (!v.is_good && v.why[0] == '\0') {
        snprintf(v.why, sizeof(v.why), "it ended with status %#x", (unsigned)status);
    }
    return v;
}

struct schedule_verdict schedule_try(schedule_scenario *run, uint64_t seed)
{
    int log = memfd_create("schedule", 0);
    struct schedule_verdict v;
    int status = 0;
    pid_t child;

    host_kernel_end();
    trace =
        mmap(NULL, sizeof(*trace), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    stop_unless(log >= 0 && trace != MAP_FAILED, "making room for a schedule's traces");
    begin();
    fflush(NULL);
    child = fork();
    if (child == 0) {
        play(run, seed, log);
    }
    stop_unless(child > 0 && waitpid(child, &status, 0) == child, "running a schedule");
    v = judge(status, log);
    munmap(trace, sizeof(*trace));
    trace = NULL;
    close(log);
    return v;
}

uint64_t schedule_find(schedule_scenario *run, uint64_t first, unsigned count,
                       struct schedule_verdict *ret_verdict)
{
    for (uint64_t seed = first; seed < first + count; seed++) {
        struct schedule_verdict v = schedule_try(run, seed);

        if (!v.is_good) {
            *ret_verdict = v;
            return seed;
        }
    }
    return 0;
}

int schedule_replay(const struct schedule_named *scenarios, unsigned count, int argc,
                    char **argv)
{
    for (unsigned n = 0; argc == 3 && n < count; n++) {
        const char *wrong;

        if (strcmp(argv[1], scenarios[n].name) != 0) {
            continue;
        }
        trace = &own_trace;
        begin();
        wrong = scenarios[n].run(strtoull(argv[2], NULL, 0));
        printf("%s: %s, %lu notes, trace %016lx\n", argv[1], wrong != NULL ? wrong : "well",
               (unsigned long)trace->notes, (unsigned long)trace->digest);
        host_kernel_end();
        return wrong != NULL;
    }
    return -1;
}
