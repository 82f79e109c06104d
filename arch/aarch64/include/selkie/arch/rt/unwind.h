/*
 * What unwinding asks of the machine: the registers that a function must preserve, their
 * numbers in unwind tables, and the few steps that C cannot say.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <sel4/sel4.h>

#include <selkie/base/attr.h>

/* Where struct sk_arch_frame keeps x19 to x30, sp, pc and d8 to d15. */
enum {
    SK_ARCH_FRAME_X19 = 0,
    SK_ARCH_FRAME_LINK = 11, /* x30 */
    SK_ARCH_FRAME_SP = 12,
    SK_ARCH_FRAME_PC = 13,
    SK_ARCH_FRAME_D8 = 14,
    SK_ARCH_FRAME_COUNT = 22,
};

/* A function on the stack: its registers as they are when what it called returns. */
struct sk_arch_frame {
    uint64_t reg[SK_ARCH_FRAME_COUNT];
};

/* The place in a frame of the register that tables call column; -1 if none. */
static inline int sk_arch_frame_index(uint64_t column)
{
    if (column >= 19 && column <= 31) {
        return (int)column - 19;
    }
    if (column >= 72 && column <= 79) {
        return SK_ARCH_FRAME_D8 + (int)column - 72;
    }
    return column == 96 ? SK_ARCH_FRAME_PC : -1; /* 96: pc, in frames made by a fault */
}

/* The frame of the calling function. It must not return while the frame is in use. */
void sk_arch_frame_here(struct sk_arch_frame *ret_frame);

/* Go on in frame at its pc, with value in the register where landing pads expect it. */
SK_NORETURN void sk_arch_frame_enter(const struct sk_arch_frame *frame, void *value);

/*
 * Call fn(arg). Its own frame on the stack keeps mark, and is where a panic that is caught
 * comes to: unwinding knows it by the function's address, and enters it at the pad.
 */
void sk_arch_catch(void (*fn)(void *arg), void *arg, void *mark);
extern const char sk_arch_catch_pad[];

/* The mark of a frame of sk_arch_catch. */
static inline void *sk_arch_catch_mark(const struct sk_arch_frame *frame)
{
    return ((void **)frame->reg[SK_ARCH_FRAME_SP])[2];
}

/*
 * What a thread with a fault is given on its stack, to go on in sk_arch_fault_entry: a frame
 * record and what the tables of that function say is there. The text for the panic follows.
 */
struct sk_arch_fault_room {
    uint64_t frame;
    uint64_t call; /* as if it had called */
    uint64_t pc;
    uint64_t link;
    char text[112];
};

/* It calls sk_panic_fault() with the text. */
extern const char sk_arch_fault_entry[];

/*
 * Take room from the stack in registers, and let them go on. A jump to where no code is
 * (is_jump) is a fault of the place that jumped.
 */
static inline struct sk_arch_fault_room *sk_arch_fault_redirect(seL4_UserContext *registers,
                                                                bool is_jump)
{
    struct sk_arch_fault_room *room = (struct sk_arch_fault_room *)registers->sp - 1;
    uint64_t pc = is_jump ? registers->x30 - 4 : registers->pc;

    room->frame = registers->x29;
    room->call = pc + 4;
    room->pc = pc;
    room->link = registers->x30;
    registers->sp = (uintptr_t)room;
    registers->pc = (uintptr_t)sk_arch_fault_entry;
    return room;
}
