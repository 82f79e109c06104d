/*
 * Unwinding: how a panic leaves the functions on the stack.
 *
 * read.c decodes the numbers of unwind tables, table.c finds a function's entry in the
 * program's table (.eh_frame, which compilers write), step.c runs such an entry to get from a
 * frame to its caller's, cleanup.c finds where a function drops its variables, and panic.c
 * goes up the stack with these: once to see who catches, and once to run the drops.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <selkie/arch/rt/unwind.h>

/* A function's entry in the table. */
struct unwind_entry {
    uintptr_t start; /* of the function */
    uintptr_t size;
    const uint8_t *common; /* instructions that many functions share */
    const uint8_t *common_end;
    const uint8_t *own; /* and those of this one */
    const uint8_t *own_end;
    uint64_t code_align;
    int64_t data_align;
    uint64_t return_column;
    uintptr_t personality; /* the function that says which language this is; 0: none */
    uintptr_t cleanups;    /* where its landing pads are listed; 0: none */
    bool is_fault;         /* its caller did not call: it had a fault */
};

/* Read a number, and move *at past it. */
uint64_t sk_unwind_uleb(const uint8_t **at);
int64_t sk_unwind_sleb(const uint8_t **at);

/* The same for a number of size bytes, 2, 4 or 8. */
uint64_t sk_unwind_fixed(const uint8_t **at, size_t size, bool is_signed);

/*
 * Read an address in one of the encodings of exception tables (DW_EH_PE_*). base is what
 * data-relative ones count from.
 */
uintptr_t sk_unwind_address(const uint8_t **at, uint8_t encoding, uintptr_t base);

#define UNWIND_OMITTED 0xff /* the encoding of an address that is not there */

/* Find the entry of the function that has pc. False if there is none. */
bool sk_unwind_find(uintptr_t pc, struct unwind_entry *ret_entry);

enum unwind_step {
    UNWIND_STEPPED,
    UNWIND_END,      /* the function has no caller */
    UNWIND_CONFUSED, /* the table says what is not understood, or the stack goes in circles */
};

/* From the frame that entry belongs to, which is left at place, to its caller's. */
enum unwind_step sk_unwind_step(const struct unwind_entry *entry, uintptr_t place,
                                struct sk_arch_frame *frame);

/* Where the function drops its variables when it is left at place; 0 if nowhere. */
uintptr_t sk_unwind_landing_pad(const struct unwind_entry *entry, uintptr_t place);

/* A way up the stack. */
struct unwind_walk {
    struct sk_arch_frame frame;
    bool is_exact; /* the frame's pc is that of a fault, not the one after a call */
    uintptr_t place;
    struct unwind_entry entry; /* of place */
};

enum unwind_look {
    UNWIND_FRAME,  /* a function of C; its drops may have to run */
    UNWIND_CATCH,  /* a frame of sk_arch_catch */
    UNWIND_NO_WAY, /* no table has the place */
};

/* What the walk's frame is; sets place and entry. */
enum unwind_look sk_unwind_look(struct unwind_walk *walk);

/* On to the caller of the frame that was looked at. */
enum unwind_step sk_unwind_up(struct unwind_walk *walk);
