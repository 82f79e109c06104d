/*
 * Two programs are linked for other environments than this one, spawned, and report that all
 * is as their environment promises: a task, which gets arguments and a vector as System V has
 * them, and a domain of Microkit, whose stack and IPC buffer are at the top of its memory.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>
#include <stdint.h>

#include <sel4runtime/auxv.h>
#include <selkie/rt/env.h>
#include <selkie/rt/main.h>
#include <selkie/rt/panic.h>
#include <selkie/rt/print.h>

#include "load.h"
#include "time.h"

extern const char child_image[];
extern const char domain_image[];

#define PAGE_SIZE    ((uintptr_t)1 << seL4_PageBits)
#define CHILD_STACK  ((uintptr_t)0x20000000)
#define CHILD_BUFFER ((uintptr_t)0x30000000)
#define TOP_PAGE     (seL4_UserVSpaceTop & -PAGE_SIZE)
#define STACK_PAGES  4

/* What lies at the top of a task's stack. */
struct top {
    uint64_t argc;
    uintptr_t argv[3];
    uintptr_t envp[2];
    struct {
        uint64_t type;
        uint64_t value;
    } aux[8];
    char program[16];
    char argument[16];
    char variable[16];
    uint64_t random[2];
};

/* A stack for the child, up to end; the last page as it is seen here. */
static char *make_stack(struct child *c, uintptr_t end)
{
    char *last = NULL;

    for (unsigned i = STACK_PAGES; i > 0; i--) {
        last = child_page(c, end - i * PAGE_SIZE, 0, NULL);
    }
    return last;
}

/* The child's address of something in the top. */
static uintptr_t there(const struct top *top, const void *p)
{
    return CHILD_STACK - sizeof(struct top) + ((uintptr_t)p - (uintptr_t)top);
}

static void fill(struct top *top)
{
    *top = (struct top){
        .argc = 2,
        .argv = {there(top, top->program), there(top, top->argument), 0},
        .envp = {there(top, top->variable), 0},
        .aux = {{AT_SEL4_IPC_BUFFER_PTR, CHILD_BUFFER},
                {AT_SEL4_TCB, CHILD_TCB},
                {AT_SEL4_VSPACE, CHILD_VSPACE},
                {AT_SEL4_CNODE, CHILD_CNODE},
                {SK_AT_SCHED_CONTROL, CHILD_TIME},
                {SK_AT_RANDOM, there(top, top->random)},
                {AT_NULL, 0}},
        .program = "bin/child",
        .argument = "hello",
        .variable = "MOOD=good",
        .random = {0x1122334455667788, 0},
    };
}

/* What it makes threads of. */
static void give_means(struct child *c)
{
    struct sk_env env;

    sk_env_get(&env);
    child_give(c, CHILD_CNODE, c->cnode.cptr, CHILD_GUARD);
    child_give(c, CHILD_UNTYPED, make((sk_blueprint){seL4_UntypedObject, 18}), 0);
    if (env.sched_control.cptr != seL4_CapNull) {
        child_give(c, CHILD_TIME, env.sched_control.cptr, 0);
    }
}

static void spawn_task(seL4_CPtr endpoint)
{
    struct child c = load(child_image);
    sk_frame buffer;

    _Static_assert(sizeof(struct top) % 16 == 0, "the stack stays aligned");
    child_page(&c, CHILD_BUFFER, 0, &buffer);
    fill((struct top *)(make_stack(&c, CHILD_STACK) + PAGE_SIZE - sizeof(struct top)));
    child_give(&c, CHILD_REPORT, endpoint, 1);
    give_means(&c);
    child_start(&c, CHILD_STACK - sizeof(struct top), CHILD_BUFFER, buffer, endpoint, 1);
}

static void spawn_domain(seL4_CPtr endpoint)
{
    struct child c = load(domain_image);
    sk_frame buffer;

    child_page(&c, TOP_PAGE, 0, &buffer);
    make_stack(&c, TOP_PAGE - PAGE_SIZE);
    child_give(&c, CHILD_REPORT, endpoint, 2);
    child_start(&c, TOP_PAGE - PAGE_SIZE, TOP_PAGE, buffer, endpoint, 2);
}

/* Print reports until the one that says the status. */
static void listen(seL4_CPtr endpoint, const char *name)
{
    for (;;) {
        seL4_Word badge;
        seL4_MessageInfo_t info = receive(endpoint, &badge);

        if (seL4_MessageInfo_get_length(info) != 1) {
            sk_printf("%s: fault %lu at 0x%lx\n", name, seL4_MessageInfo_get_label(info),
                      seL4_GetMR(0));
            return;
        }
        sk_printf("%s: %s %lu\n", name,
                  seL4_MessageInfo_get_label(info) == 100 ? "step" : "status", seL4_GetMR(0));
        if (seL4_MessageInfo_get_label(info) != 100) {
            return;
        }
    }
}

/* Come back when nobody of a higher priority than 1 wants to run. */
static void be_last(void)
{
    const seL4_CPtr self = seL4_CapInitThreadTCB;

    sk_assert(seL4_TCB_SetPriority(self, self, 1) == seL4_NoError);
    sk_assert(seL4_TCB_SetPriority(self, self, seL4_MaxPrio) == seL4_NoError);
}

SK_ROOT_TASK(bi)
{
    seL4_CPtr endpoint = make(SK_BLUEPRINT(Endpoint));

    spawn_task(endpoint);
    listen(endpoint, "task");
    be_last();
    sk_puts("task: stands still");
    spawn_domain(endpoint);
    listen(endpoint, "domain");
    return 0;
}
