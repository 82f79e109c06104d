/*
 * The kernel instance: everything that is not in an object that a user owns.
 *
 * There is no other mutable state. Functions take the instance first; the machine platform has
 * one, the host as many as a test wants.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/arch/kernel/machine.h>
#include <selkie/config.h>

#include "core/error.h"
#include "core/objects.h"

#define KERNEL_PRIORITIES     SK_CFG_NUM_PRIORITIES
#define KERNEL_IRQ_COUNT      160 /* of the interrupt controller of qemu_arm_virt */
#define KERNEL_ASID_POOLS     (1u << seL4_NumASIDPoolsBits)
#define KERNEL_ASIDS_PER_POOL (1u << seL4_ASIDPoolIndexBits)

/* A page table of any level, the VSpace root included. */
struct page_table {
    uint64_t entries[512];
};

struct asid_pool {
    struct page_table *entries[KERNEL_ASIDS_PER_POOL];
};

enum irq_state {
    IRQ_INACTIVE,
    IRQ_HANDLED, /* a handler capability exists */
    IRQ_TIMER,   /* the kernel's own */
};

/* The threads of a domain that can run and do not. */
struct ready_queues {
    uint64_t summary; /* bit n: bitmap[n] is not zero */
    uint64_t bitmap[KERNEL_PRIORITIES / 64];
    struct thread_queue queues[KERNEL_PRIORITIES];
};

/* An entry of the domain schedule; without a duration it is the end marker. */
struct domain_entry {
    uint64_t domain;
    uint64_t duration; /* in ticks */
};

struct kernel {
    /* Scheduling: the thread that runs (null: none can), and whom it may hand over to. */
    struct tcb *current;
    struct tcb *candidate;         /* woken by this system call; see sched.h */
    struct sched_context *charged; /* whose time is running */
    uint64_t charged_since;
    uint64_t now;             /* when the kernel was entered; the fast path does not ask */
    uint64_t budget_end;      /* from then on, little enough is left of the first refill */
    struct tcb *release_head; /* threads out of budget, the earliest first */
    struct tcb *fpu_owner;
    kcap loaded_vspace;  /* whose page tables are in use; see sched_is_loaded() */
    uint8_t must_choose; /* the scheduler is to look at the ready queues */
    uint8_t must_set_timer;
    uint8_t must_restart; /* the system call was interrupted: make it again */
    uint8_t domain;       /* whose threads run now */
    uint32_t work_units;  /* done since interrupts were last looked for */
    struct error error;
    struct ready_queues ready[SK_CFG_NUM_DOMAINS];

    struct domain_entry domain_schedule[SK_CFG_NUM_DOMAIN_SCHEDULES];
    uint64_t domain_index; /* of the entry that is in force */
    uint64_t domain_start; /* of the entry to begin with again */
    uint64_t domain_end;   /* when the next entry comes into force */

    struct sk_arch_machine machine;
    uint64_t ram_start; /* physical: what sk_arch_phys() may be asked for */
    uint64_t ram_end;
    struct asid_pool *asid_pools[KERNEL_ASID_POOLS];
    struct slot irq_slots[KERNEL_IRQ_COUNT]; /* the notification that each one signals */
    uint8_t irq_states[KERNEL_IRQ_COUNT];
    struct tcb *all_threads; /* debug builds */
    struct slot derivations; /* empty; behind it comes every capability there is: derive.h */
};
