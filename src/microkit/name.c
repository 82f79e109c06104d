/*
 * What the composer writes. Variables have contents in the file, so that there is a place for
 * it; the ones that nobody may change at run time are constant.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "microkit.h"

#define WRITTEN __attribute__((section(".data.sk_microkit")))

#define PAGE_SIZE ((uintptr_t)1 << seL4_PageBits)

_Static_assert(MICROKIT_PD_NAME_LENGTH == SK_MICROKIT_NAME_SIZE &&
                   MICROKIT_MAX_CHANNELS == SK_MICROKIT_PLAIN_CHANNELS,
               "the API's sizes are the ABI's");
_Static_assert((int)INPUT_CAP == SK_MICROKIT_SLOT_INPUT &&
                   (int)REPLY_CAP == SK_MICROKIT_SLOT_REPLY &&
                   (int)MONITOR_EP == SK_MICROKIT_SLOT_MONITOR &&
                   (int)TCB_CAP == SK_MICROKIT_SLOT_TCB &&
                   (int)ARM_SMC_CAP == SK_MICROKIT_SLOT_SMC &&
                   (int)BASE_OUTPUT_NOTIFICATION_CAP == SK_MICROKIT_SLOT_NOTIFY &&
                   (int)BASE_ENDPOINT_CAP == SK_MICROKIT_SLOT_CALL &&
                   (int)BASE_IRQ_CAP == SK_MICROKIT_SLOT_IRQ &&
                   (int)BASE_TCB_CAP == SK_MICROKIT_SLOT_CHILD &&
                   (int)BASE_VM_TCB_CAP == SK_MICROKIT_SLOT_VM_TCB &&
                   (int)BASE_VCPU_CAP == SK_MICROKIT_SLOT_VCPU &&
                   (int)BASE_IOPORT_CAP == SK_MICROKIT_SLOT_IOPORT,
               "the API's slots are the ABI's");

WRITTEN char microkit_name[MICROKIT_PD_NAME_LENGTH] = "";
WRITTEN seL4_Bool microkit_passive = 0;
WRITTEN seL4_Word microkit_irqs = 0;
WRITTEN seL4_Word microkit_notifications = 0;
WRITTEN seL4_Word microkit_pps = 0;
WRITTEN seL4_Word microkit_ioports = 0;
WRITTEN struct sk_microkit_extension sk_microkit_extension = {
    .version = SK_MICROKIT_EXTENSION_VERSION};

const uintptr_t sk_microkit_stack_end = (seL4_UserVSpaceTop & -PAGE_SIZE) - PAGE_SIZE;
