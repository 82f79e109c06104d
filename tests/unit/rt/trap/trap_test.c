/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/rt/trap.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BRK(immediate) (0xf2000000 | (immediate))

static void traps_of_clang_have_the_name_of_their_check(void **state)
{
    (void)state;
    assert_string_equal(sk_arch_trap_name(BRK(0x5500)), "addition overflow");
    assert_string_equal(sk_arch_trap_name(BRK(0x5512)), "index out of bounds");
    assert_string_equal(sk_arch_trap_name(BRK(0x5514)), "shift out of bounds");
    assert_string_equal(sk_arch_trap_name(BRK(0x5518)), "array of no positive size");
}

static void a_check_that_is_not_known_is_one_all_the_same(void **state)
{
    (void)state;
    assert_string_equal(sk_arch_trap_name(BRK(0x5519)), "a check of clang's");
    assert_string_equal(sk_arch_trap_name(BRK(0x55ff)), "a check of clang's");
    assert_string_equal(sk_arch_trap_name(BRK(0x5502)), "a check of clang's");
}

static void traps_without_a_kind_are_named_by_their_compiler(void **state)
{
    (void)state;
    assert_string_equal(sk_arch_trap_name(BRK(1000)),
                        "undefined behaviour, or __builtin_trap()");
    assert_string_equal(sk_arch_trap_name(BRK(1)), "__builtin_trap()");
    assert_string_equal(sk_arch_trap_name(BRK(0xf000)), "a breakpoint instruction");
}

static void other_exceptions_are_no_traps(void **state)
{
    (void)state;
    assert_null(sk_arch_trap_name(0));
    assert_null(sk_arch_trap_name(0x02000000)); /* an undefined instruction */
    assert_null(sk_arch_trap_name(0x56005512)); /* a system call */
}

static void exceptions_are_told_by_their_class(void **state)
{
    (void)state;
    /* As kernels report them. */
    assert_string_equal(sk_arch_exception_name(0x02000000),
                        "an undefined instruction, or one that only kernels may use");
    assert_string_equal(sk_arch_exception_name(0x1fe00000),
                        "floating point or SIMD, which the thread may not use");
    assert_string_equal(sk_arch_exception_name(0x62300321),
                        "a register or an instruction that the kernel keeps to itself");
    assert_string_equal(sk_arch_exception_name(0x8a000000), "pc is not a multiple of 4");
    assert_string_equal(sk_arch_exception_name(0x9a000000), "sp is not a multiple of 16");
    /* A system call, aborts, a trap, and what no processor says. */
    assert_null(sk_arch_exception_name(0x56005512));
    assert_null(sk_arch_exception_name(0x82000005));
    assert_null(sk_arch_exception_name(0x92000021));
    assert_null(sk_arch_exception_name(BRK(1)));
    assert_null(sk_arch_exception_name(UINT64_MAX));
}

static void accesses_that_were_not_just_unmapped_are_told(void **state)
{
    (void)state;
    assert_string_equal(sk_arch_access_name(0x92000021),
                        "the address is not aligned as this access needs it");
    assert_string_equal(sk_arch_access_name(0x92000061),
                        "the address is not aligned as this access needs it");
    assert_string_equal(sk_arch_access_name(0x92000010), "neither memory nor a device answers");
    assert_null(sk_arch_access_name(0x92000046)); /* a translation fault */
    assert_null(sk_arch_access_name(0x9200004f)); /* a permission fault */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(traps_of_clang_have_the_name_of_their_check),
        cmocka_unit_test(a_check_that_is_not_known_is_one_all_the_same),
        cmocka_unit_test(traps_without_a_kind_are_named_by_their_compiler),
        cmocka_unit_test(other_exceptions_are_no_traps),
        cmocka_unit_test(exceptions_are_told_by_their_class),
        cmocka_unit_test(accesses_that_were_not_just_unmapped_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
