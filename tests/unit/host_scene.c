/* SPDX-License-Identifier: BSD-2-Clause */
#include "host_scene.h"

#include "traps.h"

#define BUFFERS 0x20000ul /* of the threads, a page each */

seL4_CPtr scene_thread(struct scene *s, void (*entry)(seL4_Word argument), seL4_Word argument,
                       seL4_Word priority, seL4_CPtr fault_handler)
{
    struct host_stage *stage = s->stage;
    seL4_CPtr tcb;

    stage->kernel.next_slot = s->next_slot;
    tcb = host_kernel_thread(&stage->kernel, entry, argument, priority,
                             BUFFERS + (stage->thread_count << seL4_PageBits), fault_handler);
    stage->thread_count++;
    s->next_slot = stage->kernel.next_slot;
    return tcb;
}

/* The largest piece of device memory. */
static void find_device(struct scene *s, const seL4_BootInfo *info)
{
    for (seL4_Word n = 0; n < info->untyped.end - info->untyped.start; n++) {
        if (info->untypedList[n].isDevice && info->untypedList[n].sizeBits > s->device_bits) {
            s->device = info->untyped.start + n;
            s->device_bits = info->untypedList[n].sizeBits;
        }
    }
}

bool scene_traps(struct scene *s, void (*body)(void *arg), void *arg)
{
    seL4_MessageInfo_t tag = seL4_GetIPCBuffer()->tag;
    bool is_trapped = traps(body, arg);

    (void)s;
    seL4_GetIPCBuffer()->tag = tag; /* the child shares the machine's RAM with us */
    return is_trapped;
}

struct scene host_scene_boot(struct host_stage *stage, uint64_t seed)
{
    *stage = (struct host_stage){.kernel = host_kernel_boot_seeded(seed)};
    struct scene s = {
        .untyped = stage->kernel.untyped,
        .cnode = stage->kernel.cnode,
        .node = sk_node_whole((unsigned)stage->kernel.info->initThreadCNodeSizeBits),
        .tcb = stage->kernel.tcb,
        .vspace = stage->kernel.vspace,
        .sched_control = stage->kernel.sched_control,
        .next_slot = stage->kernel.next_slot,
        .stage = stage,
    };

    find_device(&s, stage->kernel.info);
    return s;
}
