/*
 * Supervisors: they start processes again that have failed, and say who failed and why.
 *
 *     static const struct sk_restart_policy policy = {.limit = 5, .window_us = 60000000};
 *     static struct sk_ward logger = {
 *         .elf = logger_image, .elf_size = LOGGER_SIZE,
 *         .options = {.name = "logger", .priority = 50}, .policy = policy};
 *
 *     static const struct sk_supervisor_hooks hooks = {.clock = time_us, .report = say};
 *
 *     sk_supervisor_init(&s, &parent, &hooks);
 *     SK_TRY(sk_supervisor_add(&s, &logger));
 *     while (sk_supervisor_step(&s)) {
 *     }
 *
 * A ward is a program and how to run it; its memory is the caller's. What fails is stopped,
 * told to the report function, and given back whole; its siblings do not notice. Then the
 * ward's policy decides whether and when it is started again (selkie/task/restart.h). A restart
 * that fails, because memory is short perhaps, is a failure like others. A process that exits
 * with status 0 has done its work, and is not started again, unless its ward says so.
 *
 * A supervisor has a parent of its own (selkie/task/parent.h): all processes of that are wards.
 * One thread at a time uses both.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/task/process.h>
#include <selkie/task/restart.h>

enum sk_ward_state {
    SK_WARD_NEW,
    SK_WARD_RUNS,
    SK_WARD_WAITS,    /* for its restart */
    SK_WARD_DONE,     /* exited with status 0 */
    SK_WARD_GIVEN_UP, /* failed too often */
    SK_WARD_STOPPED,  /* by sk_supervisor_stop() */
};

struct sk_ward {
    const void *elf;
    size_t elf_size;
    struct sk_process_options options; /* what they point to must last as long as the ward */
    struct sk_restart_policy policy;
    bool is_restarted_always; /* also after status 0 */

    /* From here on the supervisor's; zero. */
    enum sk_ward_state state;
    struct sk_process process;
    struct sk_restart_history history;
    uint64_t due_us; /* when it WAITS */
    sk_err error;    /* of the last start */
    struct sk_ward *next;
};

/* What a supervisor is handed: time, and somebody to tell. Each is called with arg. */
struct sk_supervisor_hooks {
    /* Microseconds, never going backwards. */
    uint64_t (*clock)(void *arg);

    /* Let time go by until until_us, or less. NULL: others of the same priority run. */
    void (*pause)(void *arg, uint64_t until_us);

    /*
     * Something has happened to ward: process.end says how it ended, or error why it could not
     * be started; state and due_us say what becomes of it. May be NULL.
     */
    void (*report)(void *arg, const struct sk_ward *ward);

    void *arg;
};

/* The longest pause that is asked for: an end during it is seen so much later at most. */
#define SK_SUPERVISOR_PAUSE_US 1000

/* Its fields are private to src/task/supervisor.c. */
struct sk_supervisor {
    struct sk_parent *parent;
    struct sk_supervisor_hooks hooks;
    struct sk_ward *first;
};

/* Supervise processes of parent. */
void sk_supervisor_init(struct sk_supervisor *s, struct sk_parent *parent,
                        const struct sk_supervisor_hooks *hooks);

/*
 * Start a ward, and see to it from now on, with an empty history. One that is the supervisor's
 * already is stopped first. Errors are those of sk_process_spawn(); then the ward is not the
 * supervisor's.
 */
sk_err sk_supervisor_add(struct sk_supervisor *s, struct sk_ward *ward);

/* Stop a ward for good, and give back what its process has. It can be added again. */
void sk_supervisor_stop(struct sk_supervisor *s, struct sk_ward *ward);

/*
 * Restart those whose time has come; those whose process somebody else has killed, or waited
 * for, have failed like others. True if others wait for theirs, and the earliest time.
 */
bool sk_supervisor_restart(struct sk_supervisor *s, uint64_t *ret_due_us);

/*
 * For programs that receive at the parent's endpoint themselves: p has ended, as
 * sk_parent_take() said.
 */
void sk_supervisor_ended(struct sk_supervisor *s, struct sk_process *p);

/*
 * Do what there is to do, and wait for the next end of a process; while a restart is due later,
 * pause instead, a little at a time, and look whether a process has ended. A program that wants
 * to hear of ends at once then has an event loop, and uses the functions above. False: no ward
 * runs or waits any more.
 */
bool sk_supervisor_step(struct sk_supervisor *s);
