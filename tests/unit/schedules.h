/*
 * Looking for a schedule that breaks something.
 *
 *     static const char *meet(uint64_t seed)        // boots a machine with the seed, and plays
 *     {
 *         ...
 *         schedule_note(me->index);                 // what happened, for comparing two runs
 *         ...
 *         return everybody_met ? NULL : "somebody was left";
 *     }
 *
 *     uint64_t seed = schedule_find(meet, 1, 500, &verdict);   // 0: none of 500 breaks it
 *
 * Threads on the host core run one at a time, and a seed decides where each loses its turn: at
 * system calls, and in code that is built with -fsanitize-coverage=trace-pc at any basic block.
 * Every seed is a schedule, and the same seed is the same schedule, so what breaks once breaks
 * again: under a debugger too, by the test program's "SCENARIO SEED" (schedule_replay()).
 *
 * A try runs in a child. It is bad if the scenario says so, if no thread can ever run again
 * (which is what a lost wake-up comes to), if a sanitizer or an assertion stops it, and if it
 * takes longer than SCHEDULE_SECONDS.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SCHEDULE_SECONDS 20

/* Null if all is well, or a sentence about what is wrong. */
typedef const char *schedule_scenario(uint64_t seed);

struct schedule_verdict {
    bool is_good;
    char why[120];  /* the first line that it left on standard error */
    uint64_t notes; /* how many there were */
    uint64_t trace; /* a digest of the notes, and of when they were made */
};

/* Inside a scenario, with a kernel running: something happened. */
void schedule_note(uint64_t what);

/* Run it with one seed. Ends the kernel that is there. */
struct schedule_verdict schedule_try(schedule_scenario *run, uint64_t seed);

/*
 * The first seed from first on, of so many, with which it goes wrong, and how; 0 if there is
 * none. Seeds begin at 1.
 */
uint64_t schedule_find(schedule_scenario *run, uint64_t first, unsigned count,
                       struct schedule_verdict *ret_verdict);

struct schedule_named {
    const char *name;
    schedule_scenario *run;
};

/*
 * What a test program does with the arguments "SCENARIO SEED": run that one in this process,
 * where a debugger sees it. Returns the exit status, or -1 if there are no such arguments.
 */
int schedule_replay(const struct schedule_named *scenarios, unsigned count, int argc,
                    char **argv);
