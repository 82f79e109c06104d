/*
 * Does the kernel give the interrupts that the board file says, but for those that it keeps?
 * tests/conformance asks too, of MCS kernels only; this is for classic ones.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stddef.h>

#include <sel4/sel4.h>
#include <selkie/rt/main.h>
#include <selkie/rt/print.h>

static seL4_Error expected(seL4_Word irq)
{
    static const seL4_Word of_kernel[] = {BOARD_KERNEL_IRQS};

    for (size_t i = 0; i < sizeof(of_kernel) / sizeof(of_kernel[0]); i++) {
        if (of_kernel[i] == irq) {
            return seL4_RevokeFirst;
        }
    }
    return irq < BOARD_IRQ_COUNT ? seL4_NoError : seL4_RangeError;
}

SK_ROOT_TASK(bi)
{
    seL4_SlotPos to = bi->empty.start;

    for (seL4_Word irq = 0; irq <= BOARD_IRQ_COUNT; irq++) {
        int error =
            seL4_IRQControl_Get(seL4_CapIRQControl, irq, seL4_CapInitThreadCNode, to, 64);

        if (error != (int)expected(irq)) {
            sk_printf("interrupt %lu: error %d, expected %u\n", irq, error, expected(irq));
            return 1;
        }
        (void)seL4_CNode_Delete(seL4_CapInitThreadCNode, to, 64);
    }
    sk_printf("%d interrupts are as the board file says\n", BOARD_IRQ_COUNT);
    return 0;
}
