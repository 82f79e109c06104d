/*
 * What unwinding asks of the machine: the registers that a function must preserve, their
 * numbers in unwind tables, and the few steps that C cannot say.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

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
