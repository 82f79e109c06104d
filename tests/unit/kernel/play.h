/*
 * Playing the threads of a kernel on the host: system calls by hand.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sel4/bootinfo_types.h>
#include <sel4/config.h>
#include <sel4/invocation.h>
#include <selkie/arch/kernel/host.h>

#define PLAY_RAM    0x2000000ull
#define ROOT_TCB    1ull
#define ROOT_CNODE  2ull
#define ROOT_VSPACE 3ull

/* What a call brought back. */
struct played {
    uint64_t label; /* the error, if the kernel answered */
    uint64_t length;
    uint64_t badge;
};

struct message {
    uint64_t label;
    unsigned length;
    uint64_t words[12];
    unsigned cap_count;
    uint64_t caps[3];
};

/* cmocka's set-up and tear-down: *state is a booted kernel. */
int play_open(void **state);
int play_close(void **state);

/* The running thread's message word n. */
uint64_t play_word(struct kernel *k, unsigned n);

/* The running thread sends m by seL4_Call(). The result is that of whoever runs then. */
struct played play_call(struct kernel *k, uint64_t cptr, struct message m);
void play_send(struct kernel *k, uint64_t cptr, struct message m);
void play_receive(struct kernel *k, uint64_t cptr, uint64_t reply);
void play_reply_receive(struct kernel *k, uint64_t cptr, uint64_t reply, struct message m);

/* Make an object from the largest untyped into a slot of the root CNode. */
void play_make(struct kernel *k, uint64_t type, uint64_t size_bits, uint64_t slot);

/* An untyped of exactly so many bits, from boot info. */
uint64_t play_untyped(struct kernel *k, unsigned size_bits);

/* Copy, or mint with a badge if that is not zero. */
uint64_t play_copy(struct kernel *k, uint64_t from, uint64_t to, uint64_t rights,
                   uint64_t badge);
uint64_t play_delete(struct kernel *k, uint64_t slot);

/* The slot of the root CNode. */
struct slot *play_slot(struct kernel *k, uint64_t slot);

/* A thread in slot that shares our spaces; its scheduling context, in slot + 1, is bound unless
 * it is to be passive. */
void play_thread(struct kernel *k, uint64_t slot, uint64_t priority, bool is_passive);
