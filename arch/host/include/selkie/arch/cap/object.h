/*
 * What the objects are called here: the host plays an AArch64 machine.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

/* The sizes of pages, as powers of two in bytes: X(object type, size bits). */
#define SK_ARCH_FRAMES(X)                           \
    X(seL4_ARM_SmallPageObject, seL4_PageBits)      \
    X(seL4_ARM_LargePageObject, seL4_LargePageBits) \
    X(seL4_ARM_HugePageObject, seL4_HugePageBits)

#define SK_ARCH_PAGE_TABLE_OBJECT seL4_ARM_PageTableObject
#define SK_ARCH_VSPACE_OBJECT     seL4_ARM_VSpaceObject
