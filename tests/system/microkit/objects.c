/*
 * A domain that uses every call there is: compiled as Microkit's users do (objects.sh), and
 * only linked.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdint.h>

#include <microkit.h>

/* What tools write into files, in the ways that they do. */
uintptr_t region_vaddr;
uint64_t region_size = 1;
__attribute__((__section__(".timer_config"))) struct {
    char magic[5];
} config = {"abcd"};

static uint8_t buffer[10000];

__attribute__((constructor)) static void construct(void)
{
    buffer[0] = 1;
}

void init(void)
{
    microkit_dbg_puts(microkit_name);
    microkit_dbg_putc('\n');
    microkit_dbg_put8(buffer[0]);
    microkit_dbg_put32((uint32_t)microkit_passive);
    microkit_mr_set(0, region_vaddr + region_size + (uint8_t)config.magic[0]);
    microkit_mr_set(1,
                    microkit_msginfo_get_label(microkit_ppcall(1, microkit_msginfo_new(7, 1))));
}

void notified(microkit_channel ch)
{
    microkit_notify(ch);
    microkit_deferred_notify(ch);
    microkit_irq_ack(ch);
    microkit_deferred_irq_ack(ch);
    if (ch > MICROKIT_MAX_CHANNELS && !microkit_have_signal) {
        microkit_signal_cap = BASE_OUTPUT_NOTIFICATION_CAP + ch;
        microkit_signal_msg = seL4_MessageInfo_new(0, 0, 0, 0);
        seL4_TCB_Suspend(microkit_cspace_root_slot_to_cptr(3));
    }
}

microkit_msginfo protected(microkit_channel ch, microkit_msginfo msginfo)
{
    return microkit_msginfo_new(ch, (seL4_Uint16)microkit_msginfo_get_count(msginfo));
}

seL4_Bool fault(microkit_child child, microkit_msginfo msginfo, microkit_msginfo *reply)
{
    microkit_pd_stop(child);
    microkit_pd_resume(child);
    microkit_pd_restart(child, microkit_mr_get(0));
    *reply = msginfo;
    return seL4_False;
}
