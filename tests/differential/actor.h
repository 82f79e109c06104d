/*
 * Actors: threads that do one thing each time they are told to.
 *
 * The stage writes an actor's registers and lets it go; when it has done its system call it
 * makes an unknown one, whose fault message tells its registers. An actor whose system call
 * blocks says nothing until another's operation unblocks it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "stage.h"
#include "stub.h"

#define MAX_WORDS 40
#define REGISTERS (sizeof(seL4_UserContext) / sizeof(seL4_Word))

struct command {
    enum stub code;
    seL4_Word syscall; /* x7 */
    seL4_Word x0;      /* the capability, or an address */
    seL4_MessageInfo_t info;
    seL4_Word words[MAX_WORDS]; /* from message register 0 on */
    seL4_Word reply;            /* x6 */
    seL4_Word destination;      /* x8 */
    seL4_CPtr caps[3];
    seL4_Word receive[3]; /* CNode, index, depth */
};

/* Give all actors their spaces, priorities and contexts, and trace the answers. */
void actors_repair(void);

/* The same for new actors. */
void actors_init(void);

/* Make an actor do something. It runs when the stage settles. */
void actor_command(unsigned actor, const struct command *command);

/* Has it not finished what it was told to do? */
bool actor_is_busy(unsigned actor);

/* Let all threads run until none can, and trace what was heard of them. */
void actors_settle(void);

/* Where an actor has its IPC buffer. */
uintptr_t actor_ipc_buffer(unsigned actor);
