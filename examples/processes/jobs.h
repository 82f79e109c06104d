/*
 * Jobs: programs that were started, under a supervisor, with what they print and are told.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <selkie/cap/owned.h>
#include <selkie/task/supervisor.h>

#include "child/protocol.h"
#include "console.h"
#include "machine.h"
#include "programs.h"

#define JOB_COUNT 8
#define JOB_ARGS  6

/* Badges of the jobs' consoles: this, and the job's index. The parent's own are small. */
#define JOB_BADGE ((seL4_Word)1 << 62)

struct job {
    struct sk_ward ward;            /* first */
    const struct program *program;  /* NULL: there was none yet */
    const char *argv[JOB_ARGS + 2]; /* the program's name, arguments, NULL */
    char words[LINE_MAX + 1];       /* what the arguments point to */
    struct sk_grant grants[child_grant_count];
    sk_owned_object bell;
    enum order order; /* for when it asks */
    char said[120];   /* a line that has not ended */
    size_t said_length;
};

struct jobs {
    struct job job[JOB_COUNT];
    struct sk_parent parent;
    struct sk_supervisor supervisor;
    struct console *console;
    struct machine *machine;
    struct sk_alarm restart; /* set to when a job is to be started again */
    bool is_due;             /* jobs_restart() has something to do */
};

/* No jobs; what they are made of comes from source. */
sk_err jobs_open(struct jobs *j, struct sk_source *source, struct console *console,
                 struct machine *machine);

/* Jobs are called by numbers from 1 on. */
unsigned job_number(const struct jobs *j, const struct job *job);
bool job_is_live(const struct job *job);

/* What state it is in, as text. */
void job_print(const struct jobs *j, const struct job *job);

/*
 * Start a program with arguments, in the place of a job that has ended. With is_once it is not
 * started again when it fails.
 *
 * SK_ERR_NO_SLOT: all jobs are live. SK_ERR_RANGE: there are more than JOB_ARGS arguments.
 * Others are those of sk_process_spawn().
 */
sk_err job_start(struct jobs *j, const struct program *program, size_t count,
                 char *const args[], bool is_once, struct job **ret_job);

/* Start it anew, whether it is live or not. */
sk_err job_restart(struct jobs *j, struct job *job);

void job_kill(struct jobs *j, struct job *job);

/* It runs, and is to do that if it asks. */
void job_order(struct job *job, enum order order);

/* A message has come at the parent's endpoint: an end, or one of the jobs' consoles. */
void jobs_receive(struct jobs *j, sk_reader *in, sk_caller *caller);

/*
 * Start what is to be started again by now, and remember the next time. Messages and alarms
 * only say that there may be something: what was typed before comes first.
 */
void jobs_restart(struct jobs *j);
