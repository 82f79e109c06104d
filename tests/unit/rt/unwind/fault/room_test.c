/* SPDX-License-Identifier: BSD-2-Clause */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* What a thread's stack must have to panic on it is known inside only. */
#include "../../../../../src/rt/unwind/fault.c"

enum { STACK = 0x100000, SIZE = 0x4000, NEEDED = 4096 };

const char sk_arch_fault_entry[1];

SK_NORETURN void sk_panic_at(const char *file, int line, const char *format, ...)
{
    (void)file;
    (void)line;
    (void)format;
    __builtin_trap();
}

void sk_host_svc(seL4_Word x[9])
{
    (void)x;
    __builtin_trap();
}

static bool has_room_at(uintptr_t sp)
{
    const struct watched t = {.stack = STACK, .stack_size = SIZE};

    return has_room(&t, sp);
}

static void a_panic_needs_four_kibibytes_of_the_stack(void **state)
{
    (void)state;
    assert_true(has_room_at(STACK + NEEDED));
    assert_false(has_room_at(STACK + NEEDED - 16));
    assert_false(has_room_at(STACK));
    assert_false(has_room_at(STACK - 16));
}

static void a_stack_ends_where_it_does(void **state)
{
    (void)state;
    assert_true(has_room_at(STACK + SIZE));
    assert_false(has_room_at(STACK + SIZE + 16));
    assert_false(has_room_at(0));
    assert_false(has_room_at(UINTPTR_MAX & -(uintptr_t)16));
}

static void a_stack_pointer_is_aligned(void **state)
{
    (void)state;
    assert_false(has_room_at(STACK + SIZE - 8));
    assert_true(has_room_at(STACK + SIZE - 16));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_panic_needs_four_kibibytes_of_the_stack),
        cmocka_unit_test(a_stack_ends_where_it_does),
        cmocka_unit_test(a_stack_pointer_is_aligned),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
