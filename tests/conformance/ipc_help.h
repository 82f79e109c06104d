/*
 * What the tests of IPC share: peers, which are threads with one system call to make, and
 * what to do about faults.
 *
 * A peer starts one priority above the test, unless it says otherwise: when start_...()
 * returns, it waits, or has made its call. The test keeps the struct until it ends.
 *
 *     struct peer sender = peer(badged(endpoint, 5), 77);
 *
 *     start_send(&sender);
 *     CHECK_EQ(take(endpoint), 5);
 *     CHECK(sender.is_done);
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "conformance.h"

#define PEER_PRIORITY (TEST_PRIORITY + 1)
#define PEER_WORDS    6

struct peer {
    seL4_CPtr cap;               /* what it sends to, or receives from */
    seL4_CPtr reply;             /* for those that receive */
    seL4_CPtr other;             /* where NBSendRecv and NBSendWait send to */
    seL4_Word priority;          /* of its thread */
    seL4_MessageInfo_t info;     /* sent, and then received */
    seL4_Word words[PEER_WORDS]; /* likewise: message registers */
    seL4_CPtr caps[3];           /* likewise: capabilities, and then badges */
    seL4_SlotPos receive_slot;   /* of MY_CNODE; 0 if none */
    seL4_Word badge;             /* received */
    struct thread *thread;       /* which runs it */
    volatile seL4_Word returns;  /* from its system call, so far */
    volatile bool is_done;
};

/* A peer for cap, with a message of one word. */
struct peer peer(seL4_CPtr cap, seL4_Word word);

/* The same, to receive with a new reply object. */
struct peer receiver(seL4_CPtr cap);

/* A message tag of this length, and all else 0. */
seL4_MessageInfo_t message(seL4_Word length);

/* A message tag with a length of 0, and capabilities. */
seL4_MessageInfo_t message_with_caps(seL4_Word caps);

/* Make a peer's thread and start it with a system call. */
void start_send(struct peer *peer);
void start_nbsend(struct peer *peer);
void start_call(struct peer *peer);
void start_recv(struct peer *peer);
void start_nbrecv(struct peer *peer);
void start_wait(struct peer *peer);
void start_reply_recv(struct peer *peer);
void start_nbsend_recv(struct peer *peer);
void start_nbsend_wait(struct peer *peer);

/* The same in steps: make the thread, to change something of it, and thread_start() it. */
void prepare_send(struct peer *peer);
void prepare_nbsend(struct peer *peer);
void prepare_call(struct peer *peer);
void prepare_recv(struct peer *peer);
void prepare_wait(struct peer *peer);

/* Take a message or signal that waits: its badge, or 0 if there is none. */
seL4_Word take(seL4_CPtr cap);

/* Receive a call with this reply object, or fail if none waits; returns its badge. */
seL4_Word take_call(seL4_CPtr endpoint, seL4_CPtr reply);

/* Answer through a reply object with one word. */
void answer(seL4_CPtr reply, seL4_Word word);

/* --- faults ---------------------------------------------------------------------------- */

/* Give a thread this fault handler, a badged copy or the like included. */
void set_handler(struct thread *thread, seL4_CPtr handler);

/*
 * Take the fault that waits at a handler's endpoint: fail if there is none, or if its label
 * or length differ. The message registers hold it.
 */
void take_fault(seL4_CPtr endpoint, seL4_CPtr reply, seL4_Word label, seL4_Word length);

/* Where map_page() maps, and the page after that. Nobody else maps there. */
#define PAGE_ADDRESS ((uintptr_t)0x10000000)
#define NEXT_PAGE    (PAGE_ADDRESS + ((uintptr_t)1 << seL4_PageBits))

/* Map a page there, with page tables as needed. */
void map_page(seL4_CPtr page, seL4_CapRights_t rights, seL4_ARM_VMAttributes attributes);
void map_page_at(uintptr_t address, seL4_CPtr page, seL4_CapRights_t rights,
                 seL4_ARM_VMAttributes attributes);

/* Map a new page there that holds these instructions; returns its capability. */
seL4_CPtr map_code(const uint32_t *code, size_t count);

/*
 * A thread that runs machine code, one priority above the test. Its registers are 1000 for
 * x0, 1001 for x1 and so on, but for pc (PAGE_ADDRESS) and sp.
 */
struct machine {
    struct thread *thread;
    seL4_CPtr endpoint;         /* where its faults go, with MACHINE_BADGE */
    seL4_CPtr reply;            /* for them */
    seL4_CPtr code;             /* the page */
    seL4_UserContext registers; /* at the start */
};

#define MACHINE_BADGE 9

/* Instructions. Each machine's code should end with a fault. */
#define NOP       0xd503201f
#define SVC       0xd4000001
#define BREAK     0xd4200000 /* brk #0 */
#define UNDEFINED 0x00000000
#define LOOP      0x14000000 /* b . */
#define LOAD      0xf9400001 /* ldr x1, [x0] */
#define STORE     0xf9000001 /* str x1, [x0] */
#define BRANCH    0xd61f0000 /* br x0 */

/* Make one, and do not start it. */
struct machine machine_make(const uint32_t *code, size_t count);

/* Start it with this in x0; it runs until it faults. */
void machine_start(struct machine *machine, seL4_Word x0);

/* Both in one, with x0 as it is. */
struct machine machine_run(const uint32_t *code, size_t count);

/* Take its fault: fail if there is none, or another. */
void machine_fault(const struct machine *machine, seL4_Word label, seL4_Word length);

/* The instructions as the two arguments of the functions above. */
#define CODE(...) \
    (const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t)

/* The registers of a thread. */
seL4_UserContext registers_of(const struct thread *thread);
