/*
 * What the domains of the test's system and the program that composes it agree on.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/*
 * Who there is, by number, which is in the first argument register:
 *
 *   main      active; asks all others, and ends the machine
 *   active    an active server above them all
 *   server    a passive server; the next one calls it while it starts
 *   caller    a passive server that calls "active" and "server" while it starts
 *   late      a passive server below main, which signals and calls it before it runs at all
 *   irq       passive, below main, which lets its interrupt come before it runs at all
 */
enum plan_domain {
    DOMAIN_MAIN,
    DOMAIN_ACTIVE,
    DOMAIN_SERVER,
    DOMAIN_CALLER,
    DOMAIN_LATE,
    DOMAIN_IRQ
};
#define DOMAIN_COUNT 6

/* Addresses of every domain; all below one page table. */
#define PLAN_CODE    0x200000
#define PLAN_STACK   0x3f1000 /* the end of the stack, a page */
#define PLAN_IPC     0x3f8000
#define PLAN_INFO    0x3fa000 /* main's only: its info page, filled memory, and nothing */
#define PLAN_FILLED  0x3fb000
#define PLAN_NOTHING 0x3fc000
#define PLAN_DEVICE  0x3fd000 /* the serial port */
#define PLAN_END     0x400000

/* Slots of every domain's CNode. */
#define PLAN_CNODE_BITS 9
#define SLOT_INPUT      1 /* its endpoint */
#define SLOT_CNODE      2
#define SLOT_VSPACE     3
#define SLOT_REPLY      4
#define SLOT_SIGNAL     10 /* + domain: its notification, to signal */
#define SLOT_CALL       20 /* + domain: its endpoint, to call */
#define SLOT_IRQ        30
#define SLOT_UNTYPED    100 /* main's */
#define UNTYPED_SLOTS   100
#define SLOT_IMAGE      200
#define IMAGE_SLOTS     100

/* Interrupt of the timer that programs may use, where the configuration exports it. */
#define PLAN_IRQ 30

/* The serial port of the machine, and what its peripheral identification begins with. */
#define PLAN_DEVICE_PADDR 0x9000000
#define PLAN_DEVICE_ID    0xfe0
#define PLAN_DEVICE_VALUE 0x11

/* Questions to a server, as labels. */
enum {
    ASK_COUNT = 1, /* answer: signals so far, their badges, answers it had while it started */
    ASK_SPIN,      /* word 0: ticks of the counter to spin for */
};

#define PLAN_BADGE(domain) (1ul << (domain))
#define PLAN_IRQ_BADGE     (1ul << 40)

/* A passive domain has this much of its own time, and then none for long. */
#define PASSIVE_BUDGET_US 2000
#define PASSIVE_PERIOD_US 10000000

#define FILL_TEXT "copied into a frame"
