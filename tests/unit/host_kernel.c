/* SPDX-License-Identifier: BSD-2-Clause */
#include "host_kernel.h"

#include <stdio.h>
#include <stdlib.h>

#include <selkie/arch/kernel/host.h>
#include <selkie/arch/kernel/threads.h>
#include <selkie/arch/kernel/window.h>

#define RAM_BYTES  0x1000000ull
#define BOOT_PAGES (SK_HOST_IMAGE_PAGES + 2) /* an IPC buffer, the boot information */
#define SLICE_US   10000

static void stop_unless(int good, const char *what)
{
    if (!good) {
        fprintf(stderr, "host_kernel: %s failed\n", what);
        abort();
    }
}

void host_kernel_end(void)
{
    struct kernel *k = sk_host_kernel();

    if (k != NULL) {
        sk_host_threads_close(k);
        sk_host_window_close(k);
        sk_host_close(k);
    }
}

static seL4_CPtr largest(const seL4_BootInfo *info)
{
    seL4_CPtr found = 0;
    seL4_Word bits = 0;

    for (seL4_Word n = 0; n < info->untyped.end - info->untyped.start; n++) {
        if (!info->untypedList[n].isDevice && info->untypedList[n].sizeBits > bits) {
            found = info->untyped.start + n;
            bits = info->untypedList[n].sizeBits;
        }
    }
    return found;
}

/* The tables that lead to the lowest pages; the first thread's image has the upper ones. */
static void make_low_table(struct host_kernel *k)
{
    seL4_CPtr table = host_kernel_make(k, seL4_ARM_PageTableObject, 0);
    seL4_Error e = seL4_ARM_PageTable_Map(table, k->vspace, 0, seL4_ARM_Default_VMAttributes);

    stop_unless(e == seL4_NoError, "mapping a page table");
}

struct host_kernel host_kernel_boot_seeded(uint64_t seed)
{
    struct host_kernel k = {
        .tcb = seL4_CapInitThreadTCB,
        .cnode = seL4_CapInitThreadCNode,
        .vspace = seL4_CapInitThreadVSpace,
        .sched_context = seL4_CapInitThreadSC,
    };
    struct kernel *kernel;

    host_kernel_end();
    kernel = sk_host_open(RAM_BYTES);
    stop_unless(kernel != NULL, "booting");
    stop_unless(sk_host_window_open(kernel), "reserving the window");
    stop_unless(sk_host_threads_open(kernel, seed), "becoming the first thread");
    k.info = (const seL4_BootInfo *)kernel->current->context.x[0];
    k.sched_control = k.info->schedcontrol.start;
    k.untyped = largest(k.info);
    k.next_slot = k.info->empty.start;
    make_low_table(&k);
    k.frame = host_kernel_make(&k, seL4_ARM_SmallPageObject, 0);
    return k;
}

struct host_kernel host_kernel_boot(void)
{
    return host_kernel_boot_seeded(0);
}

seL4_CPtr host_kernel_make(struct host_kernel *k, seL4_Word type, seL4_Word size_bits)
{
    seL4_Error e =
        seL4_Untyped_Retype(k->untyped, type, size_bits, k->cnode, 0, 0, k->next_slot, 1);

    stop_unless(e == seL4_NoError, "making an object");
    return k->next_slot++;
}

static void start(struct host_kernel *k, seL4_CPtr tcb, void (*entry)(seL4_Word argument),
                  seL4_Word argument)
{
    seL4_UserContext context = {.pc = (seL4_Word)entry, .x0 = argument};

    (void)k;
    stop_unless(seL4_TCB_WriteRegisters(tcb, 1, 0, sizeof(context) / sizeof(seL4_Word),
                                        &context) == seL4_NoError,
                "starting a thread");
}

seL4_CPtr host_kernel_thread(struct host_kernel *k, void (*entry)(seL4_Word argument),
                             seL4_Word argument, seL4_Word priority, seL4_Word buffer_vaddr,
                             seL4_CPtr fault_handler)
{
    seL4_CPtr tcb = host_kernel_make(k, seL4_TCBObject, 0);
    seL4_CPtr context = host_kernel_make(k, seL4_SchedContextObject, seL4_MinSchedContextBits);
    seL4_CPtr buffer = host_kernel_make(k, seL4_ARM_SmallPageObject, 0);
    seL4_Error e = seL4_ARM_Page_Map(buffer, k->vspace, buffer_vaddr, seL4_ReadWrite,
                                     seL4_ARM_Default_VMAttributes);

    stop_unless(e == seL4_NoError, "mapping an IPC buffer");
    e = seL4_SchedControl_ConfigureFlags(k->sched_control, context, SLICE_US, SLICE_US, 0, 0,
                                         0);
    stop_unless(e == seL4_NoError, "configuring a scheduling context");
    e = seL4_TCB_Configure(tcb, k->cnode, 0, k->vspace, 0, buffer_vaddr, buffer);
    stop_unless(e == seL4_NoError, "configuring a thread");
    e = seL4_TCB_SetSchedParams(tcb, k->tcb, priority, priority, context, fault_handler);
    stop_unless(e == seL4_NoError, "setting a thread's priority");
    start(k, tcb, entry, argument);
    return tcb;
}

uint64_t host_kernel_mapping_count(void)
{
    return sk_host_window_mappings(sk_host_kernel()) - BOOT_PAGES;
}
