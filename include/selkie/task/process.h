/*
 * Processes: programs in a CSpace and an address space of their own.
 *
 *     struct sk_process logger;
 *     const char *const argv[] = {"logger", "-v", NULL};
 *     const struct sk_grant grants[] = {SK_GRANT("clients", endpoint, .rights = SK_READ)};
 *
 *     SK_TRY(sk_process_spawn(&parent, &logger, elf, elf_size,
 *                             &(struct sk_process_options){
 *                                 .name = "logger", .argv = argv,
 *                                 .grants = grants, .grant_count = 1}));
 *     sk_process_wait(&logger);
 *     status = logger.end.status;
 *     sk_process_reap(&logger);
 *
 * The program is an ELF file in memory, built for the environment "task" (selkie/rt/env.h). It
 * is checked completely before anything is taken (selkie/task/elf.h); what it then takes is
 * known, and comes from the parent's source: a row of slots first, then objects. An error gives
 * all of it back. Segments are mapped as they say, none to be both written and executed; behind
 * them lie the stack and the IPC buffer, with unmapped pages between. The process starts with
 * arguments, environment, and capabilities by name and kind (selkie/rt/grant.h), and has
 * nothing that it was not given.
 *
 * A process ends when its main() returns, it exits, panics or faults, or when it is killed. Its
 * parent is told how (selkie/task/parent.h); what it had stays until it is reaped, but for what
 * was made of its untyped memory: other threads and children of its own end with it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/cap/fault.h>
#include <selkie/rt/grant.h>
#include <selkie/rt/parent.h>
#include <selkie/task/elf.h>
#include <selkie/task/parent.h>

#define SK_PROCESS_STACK_SIZE (16 * 1024)
#define SK_PROCESS_BUDGET_US  10000
#define SK_PROCESS_CNODE_BITS 4

/* The most rows of slots that a process is in. As a rule it is one. */
#define SK_PROCESS_ROWS 16

/* The name by which a process is granted the untyped memory of its options. */
#define SK_PROCESS_MEMORY "memory"

/*
 * Capabilities to what the process is itself made of; its struct sk_env says where they are. A
 * process that has its TCB or its CNode can see to it that its parent never hears of its end;
 * it can be killed all the same.
 */
enum sk_process_gives {
    SK_GIVE_TCB = 1,
    SK_GIVE_CNODE = 2,
    SK_GIVE_VSPACE = 4,
    SK_GIVE_SELF = SK_GIVE_TCB | SK_GIVE_CNODE | SK_GIVE_VSPACE,
    SK_GIVE_ASID_POOL = 8,      /* the parent's, for address spaces of its own children */
    SK_GIVE_SCHED_CONTROL = 16, /* control over time; with MCS */
    SK_GIVE_PARENTHOOD = SK_GIVE_SELF | SK_GIVE_ASID_POOL | SK_GIVE_SCHED_CONTROL,
};

/* A zero is the choice that its comment says. */
struct sk_process_options {
    const char *name;              /* must last as long as the process ("process") */
    const char *const *argv;       /* ends with a NULL (the name alone) */
    const char *const *envp;       /* ends with a NULL (none) */
    const struct sk_grant *grants; /* what it is handed (nothing) */
    size_t grant_count;
    unsigned gives;        /* enum sk_process_gives (nothing) */
    unsigned untyped_bits; /* log2 of the bytes of untyped memory that is taken for it (none) */
    unsigned cnode_bits;   /* log2 of its slots (SK_PROCESS_CNODE_BITS, or as many as needed) */
    size_t stack_size;     /* bytes, without the guard (SK_PROCESS_STACK_SIZE) */
    seL4_Word priority;    /* the lowest there is is 0, and runs when nobody else does */
    seL4_Word max_priority; /* the highest that it can give (its own) */
    seL4_Word budget_us;    /* MCS: time to run in each period (SK_PROCESS_BUDGET_US) */
    seL4_Word period_us;    /* MCS (as long as the budget) */
    seL4_Word core;         /* MCS with several cores: which one */
    uint64_t random[2];     /* bits that nobody can guess (none) */
};

enum sk_process_how {
    SK_PROCESS_NONE,    /* it was not spawned */
    SK_PROCESS_RUNS,    /* it has not ended */
    SK_PROCESS_EXITED,  /* by itself, with a status; panics are SK_EXIT_PANIC */
    SK_PROCESS_FAULTED, /* its first thread; it stands where the fault was */
    SK_PROCESS_REFUSED, /* it was not granted what it wants, and never started */
    SK_PROCESS_KILLED,  /* by its parent */
};

/* How a process ended. The members that do not belong to how are zero. */
struct sk_process_end {
    enum sk_process_how how;
    int status;              /* EXITED */
    struct sk_fault fault;   /* FAULTED */
    enum sk_refusal refusal; /* REFUSED: why, and the name of the grant: one line of text */
    char refused[SK_PARENT_NAME_WORDS * sizeof(seL4_Word) + 1];
};

/* A process. Fields that have no comment are private to src/task. */
struct sk_process {
    const char *name;
    struct sk_process_end end;
    enum sk_elf_problem problem; /* why its file was refused */
    struct sk_elf_needs needs;   /* what it took */
    sk_tcb tcb;
    sk_cnode cnode;
    sk_vspace vspace;
    struct sk_elf_place place;
    seL4_Word id;
    sk_slots slots;
    seL4_Word single_count;
    bool has_tables;
    unsigned page_rows;
    unsigned more_count;
    sk_slots more[SK_PROCESS_ROWS - 1];
    bool is_told;
    unsigned gives;
    unsigned cnode_bits;
    unsigned untyped_bits;
    struct sk_parent *parent;
    struct sk_process *next;
};

/*
 * Start the program of elf_size bytes at elf as a process of parent. *p is written anew, and is
 * the parent's until it is reaped; the file may go when the call returns. What *p was before
 * does not matter, unless it is a process of another parent.
 *
 * SK_ERR_REVOKE_FIRST: *p is a process of this parent that was not reaped; it goes on.
 * SK_ERR_INVALID_ARGUMENT: the file is refused, and p->problem says why; or the period is
 * shorter than the budget.
 * SK_ERR_INVALID_CAPABILITY: a grant names no capability, or one that cannot be copied.
 * SK_ERR_RANGE: arguments and environment take over half the stack, or over three quarters
 * with the first thread's thread-local variables, the CSpace has not so many slots, there is no
 * untyped memory or stack of such a size, a priority is higher than the parent may give, the
 * kernel has not so many cores, or it cannot count such a budget or period.
 * SK_ERR_NO_MEMORY, SK_ERR_FRAGMENTED: the source has not enough.
 * SK_ERR_NO_SLOT: nor slots; there is one for each page, and all p->needs.slots are to be in
 * SK_PROCESS_ROWS rows at most. A row of selkie/alloc's manager has 4096 slots at most, so that
 * a program has less than 256 MiB.
 * SK_ERR_DELETE_FIRST: the ASID pool is full.
 */
sk_err sk_process_spawn(struct sk_parent *parent, struct sk_process *p, const void *elf,
                        size_t elf_size, const struct sk_process_options *options);

/* Wait until p has ended. Ends of others are kept for sk_parent_wait(). */
void sk_process_wait(struct sk_process *p);

/*
 * Stop p for good, if it runs. Nobody is told: who kills knows.
 *
 * MCS: a passive server that is working for p goes on with p's time, and keeps it until p is
 * reaped. If that is before it waits again, it stands still in the middle of its work, until it
 * is given a scheduling context: its own, as a rule, which who made it passive has kept. A
 * server whose clients may be killed at any time has time of its own: it is lent none.
 */
void sk_process_kill(struct sk_process *p);

/*
 * Give back all that p had, and all that was made of its untyped memory, its own children
 * included. Kills it if it runs; see there for servers that it called. p->end stays.
 */
void sk_process_reap(struct sk_process *p);

/* The bytes of the longest line about an end, but for the process's name, with its NUL. */
#define SK_PROCESS_LINE (SK_FAULT_LINE + 32)

/*
 * One line that says who ended and why, without a newline, into buffer of size bytes. Returns
 * its length; the text was cut if that is not less than size.
 */
size_t sk_process_print_end(const struct sk_process *p, char *buffer, size_t size);
