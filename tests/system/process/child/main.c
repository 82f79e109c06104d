/*
 * A process of many talents: its first argument says which is wanted.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/config.h>
#include <selkie/rt/env.h>
#include <selkie/rt/exit.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/parent.h>
#include <selkie/rt/stack.h>
#include <selkie/rt/string.h>
#include <selkie/task/thread.h>

#include "grants.h"

SK_GRANTS_WANTED(child, CHILD_GRANTS)

int main(int argc, char **argv, char **envp);

static _Thread_local int own = 3;
static int zeroed[3000];
static volatile int writable = 5;

static uintptr_t number(const char *text)
{
    uintptr_t n = 0;

    for (; *text != '\0'; text++) {
        n = n * 16 + (uintptr_t)(*text <= '9' ? *text - '0' : *text - 'a' + 10);
    }
    return n;
}

/* Is everything as the parent promises? */
static int look(int argc, char **argv, char **envp)
{
    struct sk_env env;
    size_t count;

    sk_env_get(&env);
    (void)sk_grants(&count);
    if (argc != 3 || strcmp(argv[0], "child") != 0 || strcmp(argv[2], "") != 0 ||
        argv[3] != NULL) {
        return 10;
    }
    if (strcmp(envp[0], "MOOD=good") != 0 || strcmp(envp[1], "X=") != 0 || envp[2] != NULL) {
        return 11;
    }
    if (own != 3 || writable != 5 || zeroed[0] != 0 || zeroed[2999] != 0) {
        return 12;
    }
    if (env.tcb.cptr != 0 || env.cnode.cptr != 0 || env.vspace.cptr != 0 ||
        env.parent.cptr == 0 || count != 2 || env.stack_size != 16384) {
        return 13;
    }
    char local;
    if ((uintptr_t)&local - env.stack >= env.stack_size || !sk_stack_guard_is_random()) {
        return 14;
    }
    if (SK_CFG_KERNEL_MCS &&
        sk_thread_set_time(sk_thread_self(), 1000, 1000) != SK_ERR_INVALID_CAPABILITY) {
        return 15;
    }
    return 42;
}

/* Ask the parent something, by the grant. */
static int ask(void)
{
    struct child_grants grants = child_grants_get();

    seL4_Signal(grants.ready.cptr);
    seL4_SetMR(0, 20);
    (void)seL4_Call(grants.questions.cptr, seL4_MessageInfo_new(7, 0, 0, 1));
    return (int)seL4_GetMR(0);
}

/* Say to the parent what means nothing to it, and things that nobody should believe. */
static int babble(void)
{
    struct sk_env env;

    sk_env_get(&env);
    seL4_Send(env.parent.cptr, seL4_MessageInfo_new(0, 0, 0, 0));
    seL4_Send(env.parent.cptr, seL4_MessageInfo_new(SK_PARENT_EXIT, 0, 0, 0));
    seL4_Send(env.parent.cptr, seL4_MessageInfo_new(SK_PARENT_REFUSED, 0, 0, 1));
    seL4_Send(env.parent.cptr, seL4_MessageInfo_new(seL4_Fault_VMFault, 0, 0, 1));
    seL4_Send(env.parent.cptr, seL4_MessageInfo_new(0xfffff, 0, 0, 120));
    return 6;
}

/* More calls within each other than the stack has room for. */
__attribute__((noinline)) static int overflow(int depth)
{
    volatile char here[256];

    here[0] = (char)depth;
    return depth == 0 ? 0 : overflow(depth - 1) + here[0];
}

int main(int argc, char **argv, char **envp)
{
    const char *what = argc > 1 ? argv[1] : "exit";

    if (strcmp(what, "exit") == 0) {
        return argc > 2 ? (int)number(argv[2]) : 0;
    } else if (strcmp(what, "look") == 0) {
        return look(argc, argv, envp);
    } else if (strcmp(what, "ask") == 0) {
        return ask();
    } else if (strcmp(what, "babble") == 0) {
        return babble();
    } else if (strcmp(what, "panic") == 0) {
        sk_panic("as I was told");
    } else if (strcmp(what, "read") == 0) {
        return *(volatile char *)number(argv[2]);
    } else if (strcmp(what, "write") == 0) {
        *(volatile char *)number(argv[2]) = 1;
    } else if (strcmp(what, "run") == 0) {
        ((void (*)(void))number(argv[2]))();
    } else if (strcmp(what, "overflow") == 0) {
        return overflow(100000);
    } else if (strcmp(what, "call") == 0) {
        seL4_Signal(number(argv[2]));
        (void)seL4_Call(number(argv[2]), seL4_MessageInfo_new(0, 0, 0, 0));
    } else if (strcmp(what, "trap") == 0) {
        __builtin_trap();
    } else if (strcmp(what, "spin") == 0) {
        for (;;) {
            writable++;
        }
    }
    return 1;
}
