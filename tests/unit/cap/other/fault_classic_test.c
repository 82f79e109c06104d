/*
 * Faults of a kernel without MCS, with virtual machines: as in fault_virtual_test.c.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <selkie/config.h>
#undef SK_CFG_KERNEL_MCS
#define SK_CFG_KERNEL_MCS 0
#undef SK_CFG_ARM_HYPERVISOR_SUPPORT
#define SK_CFG_ARM_HYPERVISOR_SUPPORT 1

#include "../../../../src/cap/fault.c"

#include "check.h"
#include "labels.h"

static void every_label_has_its_kind(void **state)
{
    static const enum sk_fault_kind kinds[] = {
        SK_FAULT_NONE, SK_FAULT_CAP,  SK_FAULT_SYSCALL, SK_FAULT_EXCEPTION, SK_FAULT_NONE,
        SK_FAULT_VM,   SK_FAULT_VGIC, SK_FAULT_VCPU,    SK_FAULT_VPPI,      SK_FAULT_NONE,
    };

    (void)state;
    check_labels(kinds, sizeof(kinds) / sizeof(kinds[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_label_has_its_kind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
