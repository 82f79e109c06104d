/*
 * What libmicrokit, the composer and the monitor agree on: numbers of capabilities, badges,
 * and the variables that the composer writes into ELF files. docs/spec/microkit-abi.md has the
 * text; the first part is Microkit 2.3's, the rest is ours.
 *
 * This header wants nothing of seL4, so that tools on the host include it too.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

/* Channel and interrupt identifiers of Microkit: 0 to 61. Children's too. */
#define SK_MICROKIT_PLAIN_CHANNELS 62

/* With the extension: 0 to 1023. Interrupts and children stay below 62. */
#define SK_MICROKIT_CHANNELS 1024

/* Words of a bitmap over all channels: channel id is bit id % 64 of word id / 64. */
#define SK_MICROKIT_CHANNEL_WORDS (SK_MICROKIT_CHANNELS / 64)

#define SK_MICROKIT_NAME_SIZE 64

/* Addresses in a domain's CSpace, all of them below 2 to the bits of its CNode. */
enum sk_microkit_slot {
    SK_MICROKIT_SLOT_INPUT = 1, /* what it waits at: its endpoint, or its notification */
    SK_MICROKIT_SLOT_FAULT = 2, /* its own fault endpoint; Microkit's, empty in ours */
    SK_MICROKIT_SLOT_VSPACE = 3,
    SK_MICROKIT_SLOT_REPLY = 4,
    SK_MICROKIT_SLOT_MONITOR = 5, /* Microkit's passive domains; empty in ours */
    SK_MICROKIT_SLOT_TCB = 6,
    SK_MICROKIT_SLOT_SMC = 7,
    SK_MICROKIT_SLOT_CNODE = 8,    /* ours: this CNode, for who asks or has untypeds */
    SK_MICROKIT_SLOT_NOTIFY = 10,  /* + channel */
    SK_MICROKIT_SLOT_CALL = 74,    /* + channel */
    SK_MICROKIT_SLOT_IRQ = 138,    /* + channel */
    SK_MICROKIT_SLOT_CHILD = 202,  /* + child: its TCB */
    SK_MICROKIT_SLOT_VM_TCB = 266, /* + virtual processor */
    SK_MICROKIT_SLOT_VCPU = 330,   /* + virtual processor */
    SK_MICROKIT_SLOT_IOPORT = 394, /* + port */

    /* Ours, for parents: + child, whose id no virtual processor has. */
    SK_MICROKIT_SLOT_CHILD_VSPACE = 266,
    SK_MICROKIT_SLOT_CHILD_TIME = 330,
    SK_MICROKIT_SLOT_CHILD_CSPACE = 394,
    SK_MICROKIT_SLOT_STOP_VSPACE =
        264,                           /* behind the last child: of children stopped in calls */
    SK_MICROKIT_SLOT_STOP_FAULT = 265, /* their fault endpoint, at which nobody waits */

    SK_MICROKIT_SLOT_WAKE = 458,   /* + channel below 62: see sk_microkit_slot_wake() */
    SK_MICROKIT_SLOT_GROUP = 520,  /* + group: the domain's own notification of that group */
    SK_MICROKIT_SLOT_BEYOND = 536, /* three for each channel from 62 on */
};

/* What channel id is signalled with. */
static inline uint32_t sk_microkit_slot_notify(uint32_t id)
{
    return id < SK_MICROKIT_PLAIN_CHANNELS
               ? SK_MICROKIT_SLOT_NOTIFY + id
               : SK_MICROKIT_SLOT_BEYOND + 3 * (id - SK_MICROKIT_PLAIN_CHANNELS);
}

/* What is signalled after it, if the channel is one that wakes. */
static inline uint32_t sk_microkit_slot_wake(uint32_t id)
{
    return id < SK_MICROKIT_PLAIN_CHANNELS
               ? SK_MICROKIT_SLOT_WAKE + id
               : SK_MICROKIT_SLOT_BEYOND + 1 + 3 * (id - SK_MICROKIT_PLAIN_CHANNELS);
}

/* What channel id's protected procedure is called by. */
static inline uint32_t sk_microkit_slot_call(uint32_t id)
{
    return id < SK_MICROKIT_PLAIN_CHANNELS
               ? SK_MICROKIT_SLOT_CALL + id
               : SK_MICROKIT_SLOT_BEYOND + 2 + 3 * (id - SK_MICROKIT_PLAIN_CHANNELS);
}

/*
 * A parent's right to be the fault handler of a child that lends time. An id is that of an
 * interrupt or of a channel, or of neither, so that one of these is free.
 */
static inline uint32_t sk_microkit_slot_child_fault(uint32_t child, uint32_t is_irq)
{
    return (is_irq != 0 ? SK_MICROKIT_SLOT_CALL : SK_MICROKIT_SLOT_IRQ) + child;
}

/*
 * Badges of what a domain receives. The two highest bits say what it is: 10 a protected call,
 * 01 a child's fault, 00 signals, a bit for each channel, and 11 signals of which some are to
 * be looked for in the groups' notifications as well.
 */
#define SK_MICROKIT_BADGE_CALL  (UINT64_C(1) << 63) /* + channel */
#define SK_MICROKIT_BADGE_FAULT (UINT64_C(1) << 62) /* + child */
#define SK_MICROKIT_BADGE_WAKE  (SK_MICROKIT_BADGE_CALL | SK_MICROKIT_BADGE_FAULT)
#define SK_MICROKIT_BADGE_KIND  SK_MICROKIT_BADGE_WAKE

/* The badge that a signal for channel id has at its receiver's notification: the domain's own
 * for id below 62, else that of group id / 64. */
static inline uint64_t sk_microkit_badge_signal(uint32_t id)
{
    return UINT64_C(1) << id % 64;
}

/*
 * Written by the composer into the variable sk_microkit_extension. An ELF that has it was
 * linked with our libmicrokit; version is 1 in the file.
 */
struct sk_microkit_extension {
    uint32_t version;
    uint32_t groups; /* bit g: the domain has a notification for group g, in its slot */
    /* Channels from 62 on, and those that wake; of these, those that wake. */
    uint64_t notifications[SK_MICROKIT_CHANNEL_WORDS];
    uint64_t wakes[SK_MICROKIT_CHANNEL_WORDS];
    uint64_t calls[SK_MICROKIT_CHANNEL_WORDS]; /* protected calls from 62 on */
    /* Bit n: child n calls passive servers, and all of the above is there; or it is passive,
     * calls none, and its time is in its slot. */
    uint64_t lenders;
    uint64_t idlers;
};

#define SK_MICROKIT_EXTENSION_VERSION 1

/* A piece of memory that a start brings into its first state. */
struct sk_microkit_piece {
    uint64_t to;      /* its address */
    uint64_t from;    /* the kept copy of its first copied bytes, in the domain's own memory */
    uint64_t copied;  /* bytes that are copied */
    uint64_t cleared; /* bytes behind them that are cleared */
};

/*
 * Written by the composer into the variable sk_microkit_restore, which is constant for the
 * program: what _start does, each time. All zero: nothing, as with Microkit.
 */
struct sk_microkit_restore {
    struct sk_microkit_piece pieces[4];
};

/* ---- The monitor ---- */

/* Addresses in the monitor's CSpace. */
enum sk_monitor_slot {
    SK_MONITOR_SLOT_INPUT = 1, /* the endpoint of faults: the badge is the domain's index + 1 */
    SK_MONITOR_SLOT_REPLY = 4,
    SK_MONITOR_SLOT_TCB = 10, /* + index: the domain's TCB */
};

/* What the monitor remembers of a domain. All zero: nothing. */
struct sk_monitor_state {
    uint64_t since_us;   /* LIMITED: the first failure of the window; ALWAYS: its last start */
    uint32_t count;      /* LIMITED: restarts in it; ALWAYS: restarts without calm between */
    uint32_t is_pausing; /* 1: it is started at since_us */
};

/* Written by the composer into the monitor's variable sk_monitor_memory. */
struct sk_monitor_memory {
    uint64_t tables;      /* where the tables below are mapped, for reading */
    uint64_t tables_size; /* their bytes */
    uint64_t state;       /* cleared memory, for writing: of SK_MONITOR_STATE bytes a domain */
    uint64_t state_size;
};

#define SK_MONITOR_MAGIC   0x54534d53 /* "SMST" */
#define SK_MONITOR_VERSION 1
#define SK_MONITOR_STATE   sizeof(struct sk_monitor_state)

/* The tables start with this. Offsets are in bytes from its start. */
struct sk_monitor_header {
    uint32_t magic;
    uint32_t version;
    uint64_t size;         /* of everything: tables_size at most */
    uint64_t domains;      /* offset of an array of struct sk_monitor_domain */
    uint32_t domain_count; /* domain i has the badge i + 1 */
    uint32_t reserved;     /* 0 */
};

enum sk_monitor_restart { SK_MONITOR_NEVER, SK_MONITOR_ALWAYS, SK_MONITOR_LIMITED };

struct sk_monitor_domain {
    char name[SK_MICROKIT_NAME_SIZE]; /* with its NUL */
    uint64_t entry;
    uint64_t stack_bottom; /* the stack's lowest address */
    uint64_t stack_top;
    uint64_t stack_window; /* where the monitor has the stack mapped, for reading; 0: nowhere */
    uint64_t symbols;      /* offset of an array of struct sk_monitor_symbol, by address */
    uint64_t names;        /* offset of their names */
    uint32_t symbol_count;
    uint32_t names_size;        /* bytes; the last is a NUL */
    uint32_t restart;           /* enum sk_monitor_restart */
    uint32_t restart_limit;     /* LIMITED: so many within the window, 1 at least */
    uint64_t restart_window_us; /* 0: ever */
    uint32_t sched_context;     /* not used: a domain keeps the time that it faulted in */
    uint32_t reserved;          /* 0 */
};

struct sk_monitor_symbol {
    uint64_t address;
    uint32_t size; /* 0: not known, it goes as far as the next */
    uint32_t name; /* offset in the domain's names */
};
