/*
 * A task that looks at what it was given. It reports steps as they are done, and its status by
 * its hook. It says where its objects come from, and ends in a thread that it makes of them.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>
#include <stddef.h>

#include <sel4runtime.h>
#include <selkie/rt/env.h>
#include <selkie/rt/exit.h>
#include <selkie/rt/hooks.h>
#include <selkie/rt/stack.h>
#include <selkie/rt/thread.h>

#include "source.h"

enum { SLOT_REPORT = 2, LABEL_STEP = 100, LABEL_STATUS = 101 };

int main(int argc, char **argv, char **envp);

static _Thread_local int own = 3;
static int constructed;

static void report(seL4_Word label, seL4_Word word)
{
    seL4_SetMR(0, word);
    seL4_Send(SLOT_REPORT, seL4_MessageInfo_new(label, 0, 0, 1));
}

static bool is_same(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        a++;
        b++;
    }
    return *a == *b;
}

__attribute__((constructor)) static void construct(void)
{
    constructed = own;
}

__attribute__((destructor)) static void destruct(void)
{
    report(LABEL_STEP, 7);
}

SK_ON_EXIT(status)
{
    report(LABEL_STATUS, (seL4_Word)status);
}

static void work(void *arg)
{
    report(LABEL_STEP, 6);
    exit(*(int *)arg + own);
}

static sk_err work_in_thread(void)
{
    const struct sk_thread_options options = {.name = "second", .priority = 50};
    struct sk_thread *t;
    int status = 39;

    if (sk_thread_start(work, &status, &options, &t) != SK_ERR_INVALID_ARGUMENT) {
        return SK_ERR_RANGE; /* It was told of no source yet. */
    }
    sk_env_set_source(child_source());
    SK_TRY(sk_thread_start(work, &status, &options, &t));
    report(LABEL_STEP, 5);
    sk_thread_join(t, NULL);
    return SK_OK;
}

int main(int argc, char **argv, char **envp)
{
    struct sk_env env;

    sk_env_get(&env);
    report(LABEL_STEP, 1);
    if (argc != 2 || !is_same(argv[0], "bin/child") || !is_same(argv[1], "hello") ||
        argv[2] != NULL || !is_same(envp[0], "MOOD=good") || envp[1] != NULL) {
        return 10;
    }
    report(LABEL_STEP, 2);
    if (constructed != 3 || !sk_stack_guard_is_random()) {
        return 11;
    }
    report(LABEL_STEP, 3);
    if (env.tcb.cptr != 1 || env.vspace.cptr != 3 || env.boot_info != NULL) {
        return 12;
    }
    report(LABEL_STEP, 4);
    if (!is_same(sel4runtime_process_name(), "child") || sel4runtime_bootinfo() != NULL) {
        return 13;
    }
    return work_in_thread() == SK_OK ? 14 : 15;
}
