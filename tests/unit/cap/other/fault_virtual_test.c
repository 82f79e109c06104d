/*
 * Faults of a kernel with MCS, virtual machines and the debug API: the decoder as it is
 * compiled there. The labels are those of idl/sel4/aarch64/faults.xml.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/config.h>
#undef SK_CFG_ARM_HYPERVISOR_SUPPORT
#define SK_CFG_ARM_HYPERVISOR_SUPPORT 1
#undef SK_CFG_HARDWARE_DEBUG_API
#define SK_CFG_HARDWARE_DEBUG_API 1

#include "../../../../src/cap/fault.c"

#include "check.h"
#include "labels.h"

static void every_label_has_its_kind(void **state)
{
    static const enum sk_fault_kind kinds[] = {
        SK_FAULT_NONE,  SK_FAULT_CAP,     SK_FAULT_SYSCALL, SK_FAULT_EXCEPTION,
        SK_FAULT_DEBUG, SK_FAULT_TIMEOUT, SK_FAULT_VM,      SK_FAULT_VGIC,
        SK_FAULT_VCPU,  SK_FAULT_VPPI,    SK_FAULT_NONE,
    };

    (void)state;
    check_labels(kinds, sizeof(kinds) / sizeof(kinds[0]));
}

static void their_words_are_decoded(void **state)
{
    const seL4_Word words[] = {0x11, 0x22, 0x33, 0x44};
    struct sk_fault f;

    (void)state;
    f = decode_label(4, 4, words);
    assert_int_equal(f.debug.pc, 0x11);
    assert_int_equal(f.debug.reason, 0x22);
    assert_int_equal(f.debug.address, 0x33);
    assert_int_equal(f.debug.breakpoint, 0x44);
    assert_int_equal(decode_label(4, 3, words).kind, SK_FAULT_NONE);
    assert_int_equal(decode_label(7, 1, words).vgic.index, 0x11);
    assert_int_equal(decode_label(8, 1, words).vcpu.hsr, 0x11);
    assert_int_equal(decode_label(9, 1, words).vppi.irq, 0x11);
    assert_int_equal(decode_label(9, 0, words).kind, SK_FAULT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_label_has_its_kind),
        cmocka_unit_test(their_words_are_decoded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
