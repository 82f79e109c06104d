/* SPDX-License-Identifier: BSD-2-Clause */
#include "threads.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <sel4/sel4.h>

#define CALL_TICKS       64u
#define TURNS            16u /* one of so many system calls loses the turn */
#define BLOCKS           500u
#define IDLE_STEPS_MAX   1000u
#define CALL_REGISTERS   9u
#define PREFETCH_MISSING 0x82000004ull /* instruction abort, nothing mapped */

__thread struct host_thread *sk_host_self;

typedef void entry_function(uint64_t, uint64_t, uint64_t, uint64_t);

static uint64_t draw(struct team *team, uint64_t bound)
{
    team->random ^= team->random << 13;
    team->random ^= team->random >> 7;
    team->random ^= team->random << 17;
    return team->random % bound;
}

static void wait_for_baton(struct host_thread *self)
{
    while (sem_wait(&self->baton) != 0) {
    }
}

static _Noreturn void start_anew(struct host_thread *self)
{
    if (self->is_first) {
        sk_host_die(self->team->k, "the first thread was given other registers, which a test's "
                                   "own thread cannot take");
    }
    siglongjmp(self->start, 1);
}

/* Run the function that the registers name; go on to another when they do. */
static void run(struct host_thread *self)
{
    struct sk_arch_context *c = &self->tcb->context;

    for (;;) {
        uint64_t pc = c->pc;

        if (pc < SK_HOST_WINDOW_START) {
            sk_host_fault(self, pc, pc, SK_HOST_EXECUTE, PREFETCH_MISSING);
            continue;
        }
        seL4_SetIPCBuffer((seL4_IPCBuffer *)self->tcb->buffer_vaddr);
        sk_arch_set_pc(c, PC_AFTER);
        self->is_inside = 0;
        ((entry_function *)pc)(c->x[0], c->x[1], c->x[2], c->x[3]);
        self->is_inside = 1;
        sk_arch_set_pc(c, 0);
    }
}

static void *body(void *argument)
{
    sk_host_self = argument;
    sk_host_self->is_inside = 1;
    wait_for_baton(sk_host_self);
    (void)sigsetjmp(sk_host_self->start, 1);
    if (!sk_host_self->team->is_ending) {
        run(sk_host_self);
    }
    return NULL;
}

static struct host_thread *make_thread(struct team *team, struct tcb *t)
{
    struct host_thread *h = calloc(1, sizeof(*h));

    if (h == NULL || sem_init(&h->baton, 0, 0) != 0) {
        sk_host_die(team->k, "out of memory");
    }
    h->team = team;
    h->tcb = t;
    h->next = team->threads;
    team->threads = h;
    return h;
}

/* The pthread of t; one that belonged to a deleted thread in the same place serves as well. */
static struct host_thread *thread_of(struct team *team, struct tcb *t)
{
    struct host_thread *h = team->threads;

    while (h != NULL && h->tcb != t) {
        h = h->next;
    }
    if (h == NULL) {
        h = make_thread(team, t);
        if (pthread_create(&h->pthread, NULL, body, h) != 0) {
            sk_host_die(team->k, "Linux gave no thread");
        }
    }
    return h;
}

/* Whom the kernel chose; time goes on until there is one. */
static struct tcb *chosen(struct kernel *k)
{
    const struct sk_arch_machine *m = &k->machine;

    if (m->is_halted) {
        sk_host_die(k, "the kernel was halted");
    }
    for (unsigned n = 0; k->current == NULL; n++) {
        if (m->deadline == UINT64_MAX || n == IDLE_STEPS_MAX) {
            sk_host_die(k, "no thread can ever run again");
        }
        sk_host_advance(k, m->deadline > m->now ? m->deadline - m->now : 0);
    }
    return k->current;
}

/* The running thread's turn ends: time goes on to where its budget does. */
static void lose_turn(struct team *team)
{
    const struct sk_arch_machine *m = &team->k->machine;

    team->turns_lost++;
    if (m->deadline != UINT64_MAX && m->deadline > m->now) {
        sk_host_advance(team->k, m->deadline - m->now);
    }
}

static void make_call(struct team *team, const struct sk_arch_context *c)
{
    sk_host_syscall(team->k, (int64_t)c->x[7]);
    if (team->random != 0 && team->k->current != NULL && draw(team, TURNS) == 0) {
        lose_turn(team);
    } else {
        sk_host_advance(team->k, CALL_TICKS);
    }
}

void sk_host_go_on(struct host_thread *self, uint64_t pc)
{
    const struct sk_arch_context *c = &self->tcb->context;

    for (;;) {
        struct tcb *next = chosen(self->team->k);

        if (next != self->tcb && self->team->step != NULL) {
            self->team->step(self->team->k);
            continue;
        }
        if (next != self->tcb) {
            sem_post(&thread_of(self->team, next)->baton);
            wait_for_baton(self);
            if (self->team->is_ending) {
                siglongjmp(self->start, 1);
            }
        }
        if (c->pc == pc) {
            return;
        }
        if (c->pc != PC_CALL) {
            start_anew(self);
        }
        make_call(self->team, c); /* it was stopped while it waited, and resumed */
    }
}

void sk_host_svc(seL4_Word x[9])
{
    struct host_thread *self = sk_host_self;
    struct sk_arch_context *c;
    int saved_errno = errno;

    if (self == NULL) {
        sk_host_die(NULL, "a system call of a thread that is not the kernel's");
    }
    self->is_inside = 1;
    c = &self->tcb->context;
    memcpy(c->x, x, CALL_REGISTERS * sizeof(*x));
    sk_arch_set_pc(c, PC_CALL);
    make_call(self->team, c);
    sk_host_go_on(self, PC_AFTER);
    memcpy(x, c->x, CALL_REGISTERS * sizeof(*x));
    self->is_inside = 0;
    errno = saved_errno;
}

void __sanitizer_cov_trace_pc(void)
{
    struct host_thread *self = sk_host_self;
    int saved_errno = errno;

    if (self == NULL || self->is_inside || self->team->random == 0) {
        return;
    }
    self->team->blocks_run++;
    if (--self->team->blocks_left != 0) {
        return;
    }
    self->is_inside = 1;
    self->team->blocks_left = 1 + draw(self->team, BLOCKS);
    lose_turn(self->team);
    sk_host_go_on(self, PC_AFTER);
    self->is_inside = 0;
    errno = saved_errno;
}

int sk_host_threads_open(struct kernel *k, uint64_t seed)
{
    struct team *team = calloc(1, sizeof(*team));

    if (team == NULL) {
        return 0;
    }
    team->k = k;
    team->random = seed;
    team->blocks_left = seed != 0 ? 1 + draw(team, BLOCKS) : 0;
    sk_host_self = make_thread(team, k->current);
    sk_host_self->is_first = true;
    sk_arch_set_pc(&k->current->context, PC_AFTER);
    seL4_SetIPCBuffer((seL4_IPCBuffer *)k->current->buffer_vaddr);
    sk_host_catch_faults(team);
    return 1;
}

void sk_host_threads_play(sk_host_step *step)
{
    sk_host_self->team->step = step;
}

void sk_host_threads_close(struct kernel *k)
{
    struct team *team = sk_host_self->team;

    (void)k;
    sigaction(SIGSEGV, &team->old_action, NULL);
    team->is_ending = true;
    while (team->threads != NULL) {
        struct host_thread *h = team->threads;

        if (!h->is_first) {
            sem_post(&h->baton);
            pthread_join(h->pthread, NULL);
        }
        team->threads = h->next;
        sem_destroy(&h->baton);
        free(h);
    }
    sk_host_self = NULL;
    free(team);
}

struct kernel *sk_host_kernel(void)
{
    return sk_host_self != NULL ? sk_host_self->team->k : NULL;
}

uint64_t sk_host_turns_lost(void)
{
    return sk_host_self->team->turns_lost;
}

uint64_t sk_host_blocks_run(void)
{
    return sk_host_self->team->blocks_run;
}
