/* SPDX-License-Identifier: BSD-2-Clause */
#include "jobs.h"

#include <selkie/cap/notification.h>
#include <selkie/rt/string.h>

#define PRIORITY 100

/* A job that fails more than three times within a minute is given up. */
static const struct sk_restart_policy patient = {
    .limit = 3, .window_us = 60000000, .delay_us = 250000, .max_delay_us = 1000000};

static uint64_t clock(void *arg)
{
    const struct jobs *j = arg;

    return sk_arm_timer_now_us(&j->machine->timer);
}

static const char *then(const struct sk_ward *ward)
{
    switch (ward->state) {
    case SK_WARD_WAITS:
        return "; will be started again";
    case SK_WARD_GIVEN_UP:
        return ward->policy.limit == 0 ? "" : "; given up";
    default:
        return "";
    }
}

static void end_line(struct jobs *j, struct job *job)
{
    job->said[job->said_length] = '\0';
    job->said_length = 0;
    console_print(j->console, "[%u] %s: %s\n", job_number(j, job), job->program->name,
                  job->said);
}

/*
 * A process has ended: what it said is shown to the end, and what it was told and has not done
 * is not for the next one.
 */
static void forget(struct jobs *j, struct job *job)
{
    if (job->said_length != 0) {
        end_line(j, job);
    }
    job->order = ORDER_NONE;
    (void)sk_notification_poll((sk_notification){sk_owned_object_cptr(&job->bell)});
}

static void report(void *arg, const struct sk_ward *ward)
{
    struct jobs *j = arg;
    struct job *job = &j->job[job_number(j, (const struct job *)ward) - 1];
    char line[SK_PROCESS_LINE + 32] = "cannot be started again";

    if (ward->error == SK_OK) {
        (void)sk_process_print_end(&ward->process, line, sizeof(line));
    }
    forget(j, job);
    console_print(j->console, "[%u] %s%s\n", job_number(j, job), line, then(ward));
}

static void remember_restart(struct sk_alarm *self, uint64_t when)
{
    struct jobs *j = (struct jobs *)((char *)self - offsetof(struct jobs, restart));

    (void)when;
    j->is_due = true;
}

sk_err jobs_open(struct jobs *j, struct sk_source *source, struct console *console,
                 struct machine *machine)
{
    j->console = console;
    j->machine = machine;
    j->restart = (struct sk_alarm){.fn = remember_restart};
    SK_TRY(sk_parent_init(&j->parent, source));
    sk_supervisor_init(&j->supervisor, &j->parent,
                       &(struct sk_supervisor_hooks){clock, NULL, report, j});
    for (seL4_Word i = 0; i < JOB_COUNT; i++) {
        struct job *job = &j->job[i];

        SK_TRY(sk_owned_object_make(source, SK_BLUEPRINT(Notification), &job->bell));
        child_grants_list(&(struct child_grants){.console = sk_parent_endpoint(&j->parent),
                                                 .bell = {sk_owned_object_cptr(&job->bell)}},
                          job->grants);
        job->grants[0].badge = JOB_BADGE | i;
        job->grants[0].rights = SK_WRITE | SK_GRANT_REPLY;
        job->grants[1].rights = SK_READ;
    }
    return SK_OK;
}

unsigned job_number(const struct jobs *j, const struct job *job)
{
    return (unsigned)(job - j->job) + 1;
}

bool job_is_live(const struct job *job)
{
    return job->ward.state == SK_WARD_RUNS || job->ward.state == SK_WARD_WAITS;
}

void job_print(const struct jobs *j, const struct job *job)
{
    char end[SK_PROCESS_LINE + 32];

    (void)sk_process_print_end(&job->ward.process, end, sizeof(end));
    console_print(j->console, "[%u] %s%s\n", job_number(j, job), end, then(&job->ward));
}

static sk_err find_place(struct jobs *j, struct job **ret_job)
{
    for (size_t i = 0; i < JOB_COUNT; i++) {
        if (!job_is_live(&j->job[i])) {
            *ret_job = &j->job[i];
            return SK_OK;
        }
    }
    return SK_ERR_NO_SLOT;
}

/* Keep the words, which are pieces of a line: all of them fit. */
static void keep_words(struct job *job, size_t count, char *const args[])
{
    char *to = job->words;

    job->argv[0] = job->program->name;
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(args[i]) + 1;

        memcpy(to, args[i], size);
        job->argv[i + 1] = to;
        to += size;
    }
    job->argv[count + 1] = NULL;
}

sk_err job_start(struct jobs *j, const struct program *program, size_t count,
                 char *const args[], bool is_once, struct job **ret_job)
{
    struct job *job;

    if (count > JOB_ARGS) {
        return SK_ERR_RANGE;
    }
    SK_TRY(find_place(j, &job));
    sk_supervisor_stop(&j->supervisor, &job->ward);
    job->program = program;
    keep_words(job, count, args);
    job->ward = (struct sk_ward){
        .elf = program->image,
        .elf_size = (size_t)(program->image_end - program->image),
        .options = {.name = program->name,
                    .argv = job->argv,
                    .grants = job->grants,
                    .grant_count = child_grant_count,
                    .priority = PRIORITY},
        .policy = is_once ? (struct sk_restart_policy){0} : patient,
    };
    *ret_job = job;
    return sk_supervisor_add(&j->supervisor, &job->ward);
}

sk_err job_restart(struct jobs *j, struct job *job)
{
    sk_supervisor_stop(&j->supervisor, &job->ward);
    forget(j, job);
    return sk_supervisor_add(&j->supervisor, &job->ward);
}

void job_kill(struct jobs *j, struct job *job)
{
    sk_process_kill(&job->ward.process);
    sk_supervisor_stop(&j->supervisor, &job->ward);
    forget(j, job);
}

void job_order(struct job *job, enum order order)
{
    job->order = order;
    sk_notification_signal((sk_notification){sk_owned_object_cptr(&job->bell)});
}

/* Text of a job, which is shown by lines. What is not printable could move the cursor. */
static void hear(struct jobs *j, struct job *job, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\n' || job->said_length == sizeof(job->said) - 1) {
            end_line(j, job);
        }
        if (text[i] != '\n') {
            job->said[job->said_length++] = text[i] >= ' ' && text[i] <= '~' ? text[i] : '?';
        }
    }
}

/* A message to a job's console. What is not understood is answered with an error. */
static sk_err serve(struct jobs *j, struct job *job, sk_reader *in, seL4_Word *ret_answer)
{
    seL4_Word size;
    union {
        seL4_Word word[CONSOLE_TEXT / sizeof(seL4_Word)];
        char bytes[CONSOLE_TEXT];
    } text;

    if (sk_reader_label(in) == CONSOLE_ASK) {
        *ret_answer = job->order;
        job->order = ORDER_NONE;
        return SK_OK;
    }
    SK_TRY(sk_reader_word(in, &size));
    if (sk_reader_label(in) != CONSOLE_SAY || size > CONSOLE_TEXT) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    SK_TRY(sk_reader_words(in, text.word, (size + sizeof(seL4_Word) - 1) / sizeof(seL4_Word)));
    hear(j, job, text.bytes, size);
    *ret_answer = size;
    return SK_OK;
}

void jobs_receive(struct jobs *j, sk_reader *in, sk_caller *caller)
{
    if ((in->badge & JOB_BADGE) != 0) {
        struct job *job = &j->job[in->badge & (JOB_COUNT - 1)];
        seL4_Word answer = 0;
        sk_err e = serve(j, job, in, &answer);
        sk_builder out = sk_reader_answer(in, (seL4_Word)e);

        sk_builder_word(&out, answer);
        sk_builder_answer(&out, caller);
        return;
    }
    struct sk_process *ended = sk_parent_take(&j->parent, in);
    if (ended != NULL) {
        sk_supervisor_ended(&j->supervisor, ended);
        j->is_due = true;
    }
}

void jobs_restart(struct jobs *j)
{
    uint64_t due_us;

    j->is_due = false;
    if (sk_supervisor_restart(&j->supervisor, &due_us)) {
        sk_alarms_set(&j->machine->alarms, &j->restart, due_us * 1000, 0);
    } else {
        sk_alarms_cancel(&j->machine->alarms, &j->restart);
    }
}
