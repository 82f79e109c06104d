/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/supervisor.h>

#include <selkie/base/assert.h>

void sk_supervisor_init(struct sk_supervisor *s, struct sk_parent *parent,
                        const struct sk_supervisor_hooks *hooks)
{
    *s = (struct sk_supervisor){.parent = parent, .hooks = *hooks};
}

static uint64_t now(const struct sk_supervisor *s)
{
    return s->hooks.clock(s->hooks.arg);
}

static void report(const struct sk_supervisor *s, const struct sk_ward *ward)
{
    if (s->hooks.report != NULL) {
        s->hooks.report(s->hooks.arg, ward);
    }
}

/* Nobody is told of an end during a pause, so it is a short one. */
static void pause(const struct sk_supervisor *s, uint64_t due_us)
{
    uint64_t now_us = now(s);
    bool is_soon = due_us <= now_us || due_us - now_us <= SK_SUPERVISOR_PAUSE_US;

    if (s->hooks.pause != NULL) {
        s->hooks.pause(s->hooks.arg, is_soon ? due_us : now_us + SK_SUPERVISOR_PAUSE_US);
    } else {
        seL4_Yield();
    }
}

static sk_err start(struct sk_supervisor *s, struct sk_ward *ward)
{
    ward->error =
        sk_process_spawn(s->parent, &ward->process, ward->elf, ward->elf_size, &ward->options);
    if (ward->error == SK_OK) {
        ward->state = SK_WARD_RUNS;
    }
    return ward->error;
}

/* Decide what becomes of a ward that has failed, and say so. */
static void fail(struct sk_supervisor *s, struct sk_ward *ward)
{
    bool is_again = sk_restart_decide(&ward->policy, &ward->history, now(s), &ward->due_us);

    ward->state = is_again ? SK_WARD_WAITS : SK_WARD_GIVEN_UP;
    report(s, ward);
}

sk_err sk_supervisor_add(struct sk_supervisor *s, struct sk_ward *ward)
{
    sk_supervisor_stop(s, ward);
    ward->history = (struct sk_restart_history){0};
    SK_TRY(start(s, ward));
    ward->next = s->first;
    s->first = ward;
    return SK_OK;
}

void sk_supervisor_stop(struct sk_supervisor *s, struct sk_ward *ward)
{
    struct sk_ward **link = &s->first;

    while (*link != NULL && *link != ward) {
        link = &(*link)->next;
    }
    if (*link == ward) {
        *link = ward->next;
        sk_process_reap(&ward->process);
        ward->state = SK_WARD_STOPPED;
    }
}

bool sk_supervisor_restart(struct sk_supervisor *s, uint64_t *ret_due_us)
{
    bool is_waiting = false;

    for (struct sk_ward *ward = s->first; ward != NULL; ward = ward->next) {
        if (ward->state == SK_WARD_RUNS && ward->process.end.how != SK_PROCESS_RUNS) {
            /* Somebody else has killed it, or was told of its end. */
            sk_supervisor_ended(s, &ward->process);
        }
        if (ward->state == SK_WARD_WAITS && ward->due_us <= now(s) && start(s, ward) != SK_OK) {
            fail(s, ward);
        }
        if (ward->state == SK_WARD_WAITS && (!is_waiting || ward->due_us < *ret_due_us)) {
            is_waiting = true;
            *ret_due_us = ward->due_us;
        }
    }
    return is_waiting;
}

void sk_supervisor_ended(struct sk_supervisor *s, struct sk_process *p)
{
    struct sk_ward *ward = s->first;

    while (ward != NULL && &ward->process != p) {
        ward = ward->next;
    }
    sk_require(ward != NULL);
    if (p->end.how == SK_PROCESS_EXITED && p->end.status == 0 && !ward->is_restarted_always) {
        ward->state = SK_WARD_DONE;
        report(s, ward);
    } else {
        fail(s, ward);
    }
    /* report() may have added the ward again: what runs then is another process. */
    if (p->end.how != SK_PROCESS_RUNS) {
        sk_process_reap(p);
    }
}

static bool is_any(const struct sk_supervisor *s, enum sk_ward_state state)
{
    for (const struct sk_ward *ward = s->first; ward != NULL; ward = ward->next) {
        if (ward->state == state) {
            return true;
        }
    }
    return false;
}

bool sk_supervisor_step(struct sk_supervisor *s)
{
    uint64_t due_us;

    if (sk_supervisor_restart(s, &due_us)) {
        struct sk_process *ended = sk_parent_poll(s->parent);

        if (ended != NULL) {
            sk_supervisor_ended(s, ended);
        } else {
            pause(s, due_us);
        }
        return true;
    }
    if (is_any(s, SK_WARD_RUNS)) {
        struct sk_process *ended = sk_parent_wait(s->parent);

        sk_supervisor_ended(s, ended);
    }
    return is_any(s, SK_WARD_RUNS) || is_any(s, SK_WARD_WAITS);
}
