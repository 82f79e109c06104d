/*
 * What the objects of this architecture are called.
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

/* The label of the invocation that asks a frame for its address. */
#define SK_ARCH_FRAME_GET_ADDRESS ARMPageGetAddress
