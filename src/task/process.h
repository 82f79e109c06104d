/*
 * What the files of processes share. process.c starts and ends them, process_objects.c takes
 * and gives back what they are made of, process_load.c fills their memory, process_space.c
 * their CSpace, and stack_top.c writes what they are told. process_mcs.c and process_classic.c
 * are the two kernels' ways to give a process time, and to look for a message.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/arch/task/elf.h>
#include <selkie/arch/task/process.h>
#include <selkie/task/process.h>

#include "stack_top.h"

#define PAGE_SIZE ((uintptr_t)1 << seL4_PageBits)

/* Where the process finds its parent's endpoint, in its own CSpace. What follows varies. */
enum { CHILD_PARENT = 1, CHILD_FIRST = 2 };

/* Slots of the parent's. Behind these come page tables, and then pages. */
enum process_slot {
    SLOT_FAULTS, /* the parent's endpoint, with the process's badge: no object */
    SLOT_TCB,
    SLOT_CNODE,
    SLOT_VSPACE,
    SLOT_OPTIONAL, /* the scheduling context, and the untyped memory, if there are any */
};

/* A process that is being started. */
struct spawn {
    struct sk_process *p;
    struct sk_parent *parent;
    const struct sk_process_options *options;
    const char *file;
    struct sk_elf_program program;
    struct sk_elf_plan plan;
    struct stack_top top;
    uint64_t table_end[SK_ELF_TABLE_LEVELS]; /* of each level: what is mapped through tables */
    seL4_Word tables_used;
    seL4_Word pages_used;
    seL4_CPtr next_child; /* the first slot of the process's own that is empty */
};

/* --- process_objects.c */

/* Take the slots, and make all objects. What was made is in *p, also after an error. */
sk_err sk_process_take(struct sk_process *p);

/* Let none of its threads run any more. Nothing is given back. */
void sk_process_stop(struct sk_process *p);

/* Give back all that was made. */
void sk_process_release(struct sk_process *p);

sk_slot sk_process_slot_time(const struct sk_process *p);
sk_slot sk_process_slot_untyped(const struct sk_process *p);
sk_slot sk_process_slot_table(const struct sk_process *p, seL4_Word n);
sk_slot sk_process_slot_page(const struct sk_process *p, seL4_Word n);

/* --- process_load.c */

/* Map segments, stack and IPC buffer, with what is in them. */
sk_err sk_process_load(struct spawn *s, sk_frame *ret_ipc_buffer);

/* --- process_space.c */

/* What is to be in the CSpace, put into the list of what the process is told. */
sk_err sk_process_plan_space(struct spawn *s);

/* Put it there. */
sk_err sk_process_fill_space(struct spawn *s);

/* --- process_mcs.c, process_classic.c */

/* Tell a debug kernel the name of a process's first thread. */
void sk_process_name(const struct sk_process *p);

/* A message at the parent's endpoint, if there is one. */
bool sk_parent_receive_now(struct sk_parent *p, sk_reader *ret_message);

/* Let the process run for the time that options say, when it runs. */
sk_err sk_process_give_time(const struct spawn *s);
