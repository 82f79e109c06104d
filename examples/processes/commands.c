/* SPDX-License-Identifier: BSD-2-Clause */
#include "shell.h"

#include <selkie/rt/string.h>

#define WORDS (2 + JOB_ARGS)

struct command {
    const char *name;
    const char *usage; /* the arguments */
    const char *what;  /* it does */
    size_t least;      /* arguments */
    size_t most;
    void (*fn)(struct shell *s, size_t count, char *const args[]);
};

static const struct command *command_at(size_t n);

/* --- what is typed */

static bool read_number(const char *text, unsigned long most, unsigned long *ret_number)
{
    unsigned long number = 0;

    for (const char *c = text; *c != '\0'; c++) {
        if (*c < '0' || *c > '9' || number > most) {
            return false;
        }
        number = number * 10 + (unsigned long)(*c - '0');
    }
    if (*text == '\0' || number > most) {
        return false;
    }
    *ret_number = number;
    return true;
}

/* The job of that number; NULL: there is none, as has been said. */
static struct job *find_job(struct shell *s, const char *text)
{
    unsigned long number;

    if (!read_number(text, JOB_COUNT, &number) || number == 0 ||
        s->jobs.job[number - 1].program == NULL) {
        console_print(&s->console, "no job '%s'; list shows them\n", text);
        return NULL;
    }
    return &s->jobs.job[number - 1];
}

/* The same for one that has not ended. */
static struct job *find_live_job(struct shell *s, const char *text)
{
    struct job *job = find_job(s, text);

    if (job != NULL && !job_is_live(job)) {
        console_print(&s->console, "job %s has ended; restart %s starts it again\n", text,
                      text);
        return NULL;
    }
    return job;
}

static const struct program *find_named(struct shell *s, const char *name)
{
    const struct program *p = program_find(name);

    if (p == NULL) {
        console_print(&s->console, "no program '%s'; programs shows them\n", name);
    }
    return p;
}

static void print_error(struct shell *s, sk_err e)
{
    const char *why = e == SK_ERR_NO_MEMORY ? "memory is short" : "the kernel refuses";

    if (e == SK_ERR_NO_SLOT) {
        why = "there are too many jobs; kill one";
    } else if (e == SK_ERR_FRAGMENTED) {
        why = "memory is in pieces that are too small";
    }
    console_print(&s->console, "cannot start it: %s (error %u)\n", why, e);
}

/* --- commands */

static void help(struct shell *s, size_t count, char *const args[])
{
    const struct command *c;

    (void)count;
    (void)args;
    for (size_t i = 0; (c = command_at(i)) != NULL; i++) {
        console_print(&s->console, "  %s %s", c->name, c->usage);
        for (size_t n = strlen(c->name) + strlen(c->usage); n < 24; n++) {
            console_print(&s->console, " ");
        }
        console_print(&s->console, "%s\n", c->what);
    }
    console_print(&s->console, "Backspace, Ctrl-W, Ctrl-U erase; Ctrl-G stops waiting.\n");
}

static void programs(struct shell *s, size_t count, char *const args[])
{
    const struct program *p;

    (void)count;
    (void)args;
    for (size_t i = 0; (p = program_at(i)) != NULL; i++) {
        console_print(&s->console, "  %s: %s\n", p->name, p->what);
    }
}

static struct job *start_job(struct shell *s, size_t count, char *const args[], bool is_once)
{
    const struct program *p = find_named(s, args[0]);
    struct job *job;

    if (p == NULL) {
        return NULL;
    }
    sk_err e = job_start(&s->jobs, p, count - 1, args + 1, is_once, &job);
    if (e != SK_OK) {
        print_error(s, e);
        return NULL;
    }
    return job;
}

static void start(struct shell *s, size_t count, char *const args[])
{
    struct job *job = start_job(s, count, args, false);

    if (job != NULL) {
        console_print(&s->console, "[%u] %s\n", job_number(&s->jobs, job), job->program->name);
    }
}

static void run(struct shell *s, size_t count, char *const args[])
{
    s->foreground = start_job(s, count, args, true);
}

static void list(struct shell *s, size_t count, char *const args[])
{
    size_t listed = 0;

    (void)count;
    (void)args;
    for (size_t i = 0; i < JOB_COUNT; i++) {
        if (s->jobs.job[i].program != NULL) {
            job_print(&s->jobs, &s->jobs.job[i]);
            listed++;
        }
    }
    if (listed == 0) {
        console_print(&s->console, "no jobs yet; start starts one\n");
    }
}

static void fault(struct shell *s, size_t count, char *const args[])
{
    static const char *const ways[] = {[ORDER_READ] = "read",
                                       [ORDER_WRITE] = "write",
                                       [ORDER_TRAP] = "trap",
                                       [ORDER_PANIC] = "panic",
                                       [ORDER_EXIT] = "exit"};
    struct job *job = find_live_job(s, args[0]);
    const char *way = count > 1 ? args[1] : ways[ORDER_READ];
    enum order order = ORDER_READ;

    if (job == NULL) {
        return;
    }
    while (order <= ORDER_EXIT && strcmp(ways[order], way) != 0) {
        order++;
    }
    if (order > ORDER_EXIT) {
        console_print(&s->console, "no way '%s': read, write, trap, panic or exit\n", way);
    } else if (!job->program->listens) {
        console_print(&s->console, "%s does not listen; kill %s ends it\n", job->program->name,
                      args[0]);
    } else if (job->ward.state != SK_WARD_RUNS) {
        console_print(&s->console, "job %s waits to be started again\n", args[0]);
    } else {
        job_order(job, order);
    }
}

static void restart(struct shell *s, size_t count, char *const args[])
{
    struct job *job = find_job(s, args[0]);

    (void)count;
    if (job != NULL) {
        sk_err e = job_restart(&s->jobs, job);
        if (e != SK_OK) {
            print_error(s, e);
        }
    }
}

static void kill(struct shell *s, size_t count, char *const args[])
{
    struct job *job = find_live_job(s, args[0]);

    (void)count;
    if (job != NULL) {
        job_kill(&s->jobs, job);
        job_print(&s->jobs, job);
    }
}

static void wait(struct shell *s, size_t count, char *const args[])
{
    (void)count;
    s->foreground = find_live_job(s, args[0]);
}

static void sleep(struct shell *s, size_t count, char *const args[])
{
    unsigned long ms;

    (void)count;
    if (!read_number(args[0], 1000000000, &ms)) {
        console_print(&s->console, "'%s' is no number of milliseconds\n", args[0]);
        return;
    }
    s->is_asleep = true;
    sk_alarms_set(&s->machine.alarms, &s->sleep,
                  sk_alarms_now(&s->machine.alarms) + ms * 1000000, 0);
}

static void memory(struct shell *s, size_t count, char *const args[])
{
    struct sk_manager_stats now;

    (void)count;
    (void)args;
    sk_manager_stats(&s->manager, &now);
    console_print(&s->console, "free: %lu of %lu bytes, %lu of %lu slots\n", now.free_bytes,
                  now.total_bytes, now.free_slots, now.total_slots);
    console_print(&s->console, "jobs have: %lu bytes, %lu slots\n",
                  s->start.free_bytes - now.free_bytes, s->start.free_slots - now.free_slots);
}

static void uptime(struct shell *s, size_t count, char *const args[])
{
    uint64_t now_us = sk_arm_timer_now_us(&s->machine.timer);
    char fraction[] = "000000";

    (void)count;
    (void)args;
    for (size_t i = sizeof(fraction) - 1, left = now_us % 1000000; i-- > 0; left /= 10) {
        fraction[i] = (char)('0' + left % 10);
    }
    console_print(&s->console, "%lu.%s s\n", (unsigned long)(now_us / 1000000), fraction);
}

static void leave(struct shell *s, size_t count, char *const args[])
{
    struct sk_manager_stats now;
    unsigned long status = 0;

    if (count > 0 && !read_number(args[0], 119, &status)) {
        console_print(&s->console, "'%s' is no status from 0 to 119\n", args[0]);
        return;
    }
    for (size_t i = 0; i < JOB_COUNT; i++) {
        job_kill(&s->jobs, &s->jobs.job[i]);
    }
    sk_manager_stats(&s->manager, &now);
    s->is_over = true;
    s->status = (int)status;
    if (now.free_bytes == s->start.free_bytes && now.free_slots == s->start.free_slots) {
        console_print(&s->console, "Good bye: all memory is back.\n");
    } else {
        console_print(&s->console, "Memory is missing.\n");
        s->status = 1;
    }
}

static const struct command commands[] = {
    {"help", "", "this text", 0, 0, help},
    {"programs", "", "what there is to start", 0, 0, programs},
    {"start", "PROGRAM [ARG...]", "and start it again when it fails", 1, 1 + JOB_ARGS, start},
    {"run", "PROGRAM [ARG...]", "once, and wait for its end", 1, 1 + JOB_ARGS, run},
    {"list", "", "what was started, and what became of it", 0, 0, list},
    {"fault", "JOB [WAY]", "make it read, write, trap, panic or exit", 1, 2, fault},
    {"restart", "JOB", "whether it has ended or not", 1, 1, restart},
    {"kill", "JOB", "for good", 1, 1, kill},
    {"wait", "JOB", "until it has ended for good", 1, 1, wait},
    {"sleep", "MS", "so many milliseconds", 1, 1, sleep},
    {"memory", "", "what is free, and what jobs have", 0, 0, memory},
    {"uptime", "", "seconds since the machine started", 0, 0, uptime},
    {"exit", "[STATUS]", "kill all jobs, and end the machine", 0, 1, leave},
};

static const struct command *command_at(size_t n)
{
    return n < sizeof(commands) / sizeof(commands[0]) ? &commands[n] : NULL;
}

/* --- lines */

/* The words of a line, which it ends by NULs. Returns how many there are, or WORDS + 1. */
static size_t split(char *line, char *words[WORDS])
{
    size_t count = 0;

    for (bool is_in_word = false; *line != '\0'; line++) {
        if (*line == ' ') {
            *line = '\0';
            is_in_word = false;
        } else if (!is_in_word) {
            if (count == WORDS) {
                return WORDS + 1;
            }
            words[count++] = line;
            is_in_word = true;
        }
    }
    return count;
}

void shell_do(struct shell *s, char *line)
{
    char *words[WORDS];
    size_t count = split(line, words);
    const struct command *c;

    if (count == 0) {
        return;
    }
    if (count > WORDS) {
        console_print(&s->console, "more than %u words\n", WORDS);
        return;
    }
    for (size_t i = 0; (c = command_at(i)) != NULL && strcmp(c->name, words[0]) != 0; i++) {
    }
    if (c == NULL) {
        console_print(&s->console, "no command '%s'; help shows them\n", words[0]);
    } else if (count - 1 < c->least || count - 1 > c->most) {
        console_print(&s->console, "usage: %s%s%s\n", c->name, *c->usage == '\0' ? "" : " ",
                      c->usage);
    } else {
        c->fn(s, count - 1, words + 1);
    }
}

void shell_interrupt(struct shell *s)
{
    console_print(&s->console, "interrupted\n");
    sk_alarms_cancel(&s->machine.alarms, &s->sleep);
    s->is_asleep = false;
    s->foreground = NULL;
}
