/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "unwind/unwind.h"

enum { X19 = SK_ARCH_FRAME_X19, X29 = 10, X30 = 11, SP = SK_ARCH_FRAME_SP };

/* The stack of the function under test: words below its caller's stack pointer. */
static uint64_t stack[16];
#define CFA ((uint64_t)(uintptr_t)&stack[16])

/* What compilers begin with: the caller's stack pointer is sp. */
static const uint8_t common[] = {0x0c, 31, 0};

/* Step out of a function with these instructions, left at start + offset. */
static enum unwind_step step(const uint8_t *own, size_t size, uintptr_t offset,
                             struct sk_arch_frame *frame)
{
    struct unwind_entry entry = {
        .start = 0x1000,
        .size = 0x100,
        .common = common,
        .common_end = common + sizeof(common),
        .own = own,
        .own_end = own + size,
        .code_align = 4,
        .data_align = -8,
        .return_column = 30,
    };

    for (uint64_t i = 0; i < 16; i++) {
        stack[i] = 100 + i;
    }
    return sk_unwind_step(&entry, entry.start + offset, frame);
}

#define STEP(offset, ...) \
    step((const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}), offset, &frame)

static void before_its_first_instruction_a_function_has_moved_nothing(void **state)
{
    struct sk_arch_frame frame = {.reg = {[SP] = CFA, [X19] = 5, [X30] = 0x2000}};

    (void)state;
    /* +4: the frame is there. */
    assert_int_equal(STEP(0, 0x41, 0x0e, 32, 0x9d, 4, 0x9e, 3), UNWIND_STEPPED);
    assert_true(frame.reg[SP] == CFA);
    assert_true(frame.reg[SK_ARCH_FRAME_PC] == 0x2000);
    assert_true(frame.reg[X19] == 5);
}

static void after_its_prologue_registers_are_on_the_stack(void **state)
{
    struct sk_arch_frame frame = {.reg = {[SP] = CFA - 32, [X29] = 1, [X30] = 2}};

    (void)state;
    assert_int_equal(STEP(4, 0x41, 0x0e, 32, 0x9d, 4, 0x9e, 3), UNWIND_STEPPED);
    assert_true(frame.reg[SP] == CFA);
    assert_true(frame.reg[X29] == 112);
    assert_true(frame.reg[X30] == 113 && frame.reg[SK_ARCH_FRAME_PC] == 113);
}

static void a_frame_pointer_can_say_where_the_frame_is(void **state)
{
    struct sk_arch_frame frame = {.reg = {[SP] = 1, [X29] = CFA - 48}};

    (void)state;
    assert_int_equal(STEP(0, 0x0d, 29, 0x0e, 48, 0x9e, 1), UNWIND_STEPPED);
    assert_true(frame.reg[SP] == CFA);
    assert_true(frame.reg[SK_ARCH_FRAME_PC] == 115);
}

static void what_was_remembered_is_restored_after_an_early_return(void **state)
{
    struct sk_arch_frame frame = {.reg = {[SP] = CFA, [X30] = 7}};

    (void)state;
    /* Frame; +4 remembered and given up; +8 restored. */
    assert_int_equal(STEP(4, 0x0e, 16, 0x9e, 1, 0x41, 0x0a, 0xde, 0x0e, 0, 0x41, 0x0b),
                     UNWIND_STEPPED);
    assert_true(frame.reg[SP] == CFA && frame.reg[SK_ARCH_FRAME_PC] == 7);
    frame = (struct sk_arch_frame){.reg = {[SP] = CFA - 16}};
    assert_int_equal(STEP(8, 0x0e, 16, 0x9e, 1, 0x41, 0x0a, 0xde, 0x0e, 0, 0x41, 0x0b),
                     UNWIND_STEPPED);
    assert_true(frame.reg[SP] == CFA && frame.reg[SK_ARCH_FRAME_PC] == 115);
}

static void advances_have_four_sizes(void **state)
{
    struct sk_arch_frame frame = {.reg = {[SP] = CFA, [X30] = 7}};

    (void)state;
    /* Each is one instruction short of the place in question. */
    assert_int_equal(STEP(0x3c, 0x02, 0x10, 0x0e, 8), UNWIND_STEPPED);
    assert_true(frame.reg[SP] == CFA);
    frame.reg[SK_ARCH_FRAME_PC] = 0;
    assert_int_equal(STEP(0x3fc, 0x03, 0x00, 0x01, 0x0e, 8), UNWIND_STEPPED);
    assert_true(frame.reg[SP] == CFA);
    frame.reg[SK_ARCH_FRAME_PC] = 0;
    assert_int_equal(STEP(0x400, 0x04, 0x00, 0x01, 0x00, 0x00, 0x0e, 8), UNWIND_STEPPED);
    assert_true(frame.reg[SP] == CFA + 8);
}

static void floating_point_registers_are_restored(void **state)
{
    struct sk_arch_frame frame = {.reg = {[SP] = CFA, [X30] = 7}};

    (void)state;
    assert_int_equal(STEP(0, 0x05, 72, 2, 0x11, 79, 0x03), UNWIND_STEPPED);
    assert_true(frame.reg[SK_ARCH_FRAME_D8] == 114);
    assert_true(frame.reg[SK_ARCH_FRAME_D8 + 7] == 113);
}

static void registers_that_calls_destroy_are_left_out(void **state)
{
    struct sk_arch_frame frame = {.reg = {[SP] = CFA, [X30] = 7}};

    (void)state;
    assert_int_equal(STEP(0, 0x80, 1, 0x92, 2, 0x05, 64, 3), UNWIND_STEPPED);
    assert_true(frame.reg[X30] == 7 && frame.reg[X19] == 0);
}

static void the_first_function_of_a_thread_has_no_caller(void **state)
{
    struct sk_arch_frame frame = {.reg = {[SP] = CFA, [X30] = 7}};

    (void)state;
    assert_int_equal(STEP(0, 0x07, 30), UNWIND_END);
    assert_true(frame.reg[X30] == 7 && frame.reg[SP] == CFA);
    frame.reg[X30] = 0;
    assert_int_equal(STEP(0, 0x00), UNWIND_END);
}

static void what_is_not_understood_is_not_guessed(void **state)
{
    struct sk_arch_frame frame = {.reg = {[SP] = CFA, [X30] = 7}};

    (void)state;
    assert_int_equal(STEP(0, 0x0f, 1, 0x96), UNWIND_CONFUSED); /* an expression */
    assert_int_equal(STEP(0, 0x2d), UNWIND_CONFUSED);          /* a signed return address */
    assert_int_equal(STEP(0, 0x0b), UNWIND_CONFUSED);          /* nothing was remembered */
    assert_int_equal(STEP(0, 0x0a, 0x0a, 0x0a), UNWIND_CONFUSED);
    assert_int_equal(STEP(0, 0x0d, 5), UNWIND_CONFUSED); /* a frame by x5 */
    assert_true(frame.reg[X30] == 7 && frame.reg[SP] == CFA);
}

/* Frames whose records say where the caller's is: at stack[i] the caller's, and a place. */
static unsigned steps_up(const uint64_t records[][2], unsigned limit)
{
    static const uint8_t own[] = {0x0c, 29, 16, 0x9d, 2, 0x9e, 1};
    struct unwind_entry entry = {
        .common = common,
        .common_end = common + sizeof(common),
        .own = own,
        .own_end = own + sizeof(own),
        .code_align = 4,
        .data_align = -8,
        .return_column = 30,
    };
    struct sk_arch_frame frame = {
        .reg = {[SP] = (uintptr_t)records, [X29] = (uintptr_t)records}};
    unsigned count = 0;

    while (count < limit && sk_unwind_step(&entry, 0, &frame) == UNWIND_STEPPED) {
        count++;
    }
    return count;
}

static void frames_that_lead_in_a_circle_are_left(void **state)
{
    static uint64_t records[4][2];
    const uint64_t at = (uintptr_t)records;

    (void)state;
    memcpy(records, (uint64_t[4][2]){{at + 16, 1}, {at + 32, 1}, {at + 48, 1}, {0, 0}},
           sizeof(records));
    assert_int_equal(steps_up(records, 100), 3);
    records[2][0] = at; /* down again, which would be for ever */
    assert_int_equal(steps_up(records, 100), 3);
    records[2][0] = at + 32; /* the same frame */
    assert_int_equal(steps_up(records, 100), 3);
    records[0][0] = at;
    assert_int_equal(steps_up(records, 100), 1);
}

static void who_has_no_frame_is_not_its_own_caller(void **state)
{
    struct sk_arch_frame frame = {.reg = {[SP] = CFA, [X30] = 0x2000}};

    (void)state;
    assert_int_equal(STEP(0, 0x00), UNWIND_STEPPED);
    assert_true(frame.reg[SK_ARCH_FRAME_PC] == 0x2000);
    assert_int_equal(STEP(0, 0x00), UNWIND_CONFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_that_lead_in_a_circle_are_left),
        cmocka_unit_test(who_has_no_frame_is_not_its_own_caller),
        cmocka_unit_test(before_its_first_instruction_a_function_has_moved_nothing),
        cmocka_unit_test(after_its_prologue_registers_are_on_the_stack),
        cmocka_unit_test(a_frame_pointer_can_say_where_the_frame_is),
        cmocka_unit_test(what_was_remembered_is_restored_after_an_early_return),
        cmocka_unit_test(advances_have_four_sizes),
        cmocka_unit_test(floating_point_registers_are_restored),
        cmocka_unit_test(registers_that_calls_destroy_are_left_out),
        cmocka_unit_test(the_first_function_of_a_thread_has_no_caller),
        cmocka_unit_test(what_is_not_understood_is_not_guessed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
