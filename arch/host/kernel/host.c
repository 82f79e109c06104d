/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/kernel/host.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <sel4/bootinfo_types.h>

#include "core/boot.h"
#include "core/fastpath.h"
#include "core/ipc.h"
#include "core/platform.h"
#include "core/sched.h"
#include "core/syscall.h"

#define PAGE         4096u
#define ALIGNMENT    0x200000u /* of a large page */
#define TIMER_IRQ    27u
#define SGI_COUNT    16u /* software's own interrupts: QEMU's controller cannot mask them */
#define KERNEL_PAGES 1u

void sk_arch_zero(struct sk_arch_machine *m, void *start, uint64_t bytes)
{
    (void)m;
    memset(start, 0, bytes);
}

void sk_arch_halt(struct sk_arch_machine *m)
{
    m->is_halted = 1;
}

void sk_kplatform_putc(struct kernel *k, char c)
{
    struct sk_arch_machine *m = &k->machine;

    if (m->console_bytes < sizeof(m->console) - 1) {
        m->console[m->console_bytes++] = c;
    }
}

uint64_t sk_kplatform_irq_take(struct kernel *k)
{
    struct sk_arch_machine *m = &k->machine;
    uint64_t ready = m->pending_irqs & ~m->masked_irqs;
    uint64_t irq;

    if (ready == 0) {
        return UINT64_MAX;
    }
    irq = (uint64_t)__builtin_ctzll(ready);
    m->pending_irqs &= ~(1ull << irq);
    return irq;
}

void sk_kplatform_irq_end(struct kernel *k, uint64_t irq)
{
    (void)k;
    (void)irq;
}

void sk_kplatform_irq_mask(struct kernel *k, uint64_t irq)
{
    k->machine.masked_irqs |= irq >= SGI_COUNT && irq < 64 ? 1ull << irq : 0;
}

void sk_kplatform_irq_unmask(struct kernel *k, uint64_t irq)
{
    k->machine.masked_irqs &= ~(irq < 64 ? 1ull << irq : 0);
}

void sk_kplatform_irq_trigger(struct kernel *k, uint64_t irq, bool is_edge)
{
    (void)k;
    (void)irq;
    (void)is_edge;
}

void sk_kplatform_sgi_raise(struct kernel *k, uint64_t irq, uint64_t target)
{
    k->machine.pending_irqs |= target == 0 ? 1ull << irq : 0;
}

uint64_t sk_kplatform_timer_irq(const struct kernel *k)
{
    (void)k;
    return TIMER_IRQ;
}

static bool boot(struct kernel *k)
{
    /* Nothing answers there. The second is as large as a huge page. */
    static const struct boot_range devices[] = {{0x08000000, 0x10000000},
                                                {0xc0000000, 0x100000000}};
    struct boot_range memory = {SK_HOST_RAM, SK_HOST_RAM + k->machine.ram_bytes};
    struct boot_range kernel = {SK_HOST_RAM, SK_HOST_RAM + KERNEL_PAGES * PAGE};
    struct boot_image image = {
        .user = {kernel.end, kernel.end + SK_HOST_IMAGE_PAGES * PAGE},
        .pv_offset = kernel.end - SK_HOST_IMAGE_VADDR,
        .entry = SK_HOST_IMAGE_VADDR,
    };
    struct boot_platform platform = {
        .memory = &memory,
        .memory_count = 1,
        .devices = devices,
        .device_count = sizeof(devices) / sizeof(devices[0]),
        .kernel = kernel,
    };
    const struct slot *root;

    k->machine.masked_irqs = ~(1ull << TIMER_IRQ | ((1ull << SGI_COUNT) - 1));
    k->irq_states[TIMER_IRQ] = IRQ_TIMER;
    if (!sk_kernel_boot(k, &platform, &image) || sk_ksched_run(k) == NULL) {
        return false;
    }
    root = cap_cnode_slots(k->current->slots[TCB_CSPACE].cap);
    k->machine.boot_info = sk_arch_phys(&k->machine, cap_addr(root[seL4_CapBootInfoFrame].cap));
    return true;
}

/* Memory in a file of its own, so that the window can map it a second time. */
static bool make_ram(struct sk_arch_machine *m, uint64_t bytes)
{
    unsigned char *room, *ram;

    m->ram_fd = memfd_create("selkie-ram", MFD_CLOEXEC);
    if (m->ram_fd < 0 || ftruncate(m->ram_fd, (off_t)bytes) != 0) {
        return false;
    }
    room = mmap(NULL, bytes + ALIGNMENT, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED) {
        return false;
    }
    ram = room + (ALIGNMENT - (uintptr_t)room % ALIGNMENT) % ALIGNMENT;
    m->ram = mmap(ram, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, m->ram_fd, 0);
    if (ram != room) {
        munmap(room, (size_t)(ram - room));
    }
    if (ram + bytes != room + bytes + ALIGNMENT) {
        munmap(ram + bytes, (size_t)(room + ALIGNMENT - ram));
    }
    if (m->ram != ram) {
        m->ram = NULL;
        return false;
    }
    m->ram_paddr = SK_HOST_RAM;
    m->ram_bytes = bytes;
    memset(ram, 0xa5, bytes); /* memory is not clear when a machine starts */
    return true;
}

struct kernel *sk_host_open(uint64_t ram_bytes)
{
    struct kernel *k = aligned_alloc(_Alignof(struct kernel), sizeof(struct kernel));

    if (k == NULL) {
        return NULL;
    }
    memset(k, 0, sizeof(*k));
    if (!make_ram(&k->machine, ram_bytes) || !boot(k)) {
        sk_host_close(k);
        return NULL;
    }
    return k;
}

void sk_host_close(struct kernel *k)
{
    if (k->machine.ram != NULL) {
        munmap(k->machine.ram, k->machine.ram_bytes);
    }
    if (k->machine.ram_fd >= 0) {
        close(k->machine.ram_fd);
    }
    free(k);
}

const void *sk_host_boot_info(const struct kernel *k)
{
    return k->machine.boot_info;
}

seL4_IPCBuffer *sk_host_ipc_buffer(struct kernel *k, const struct tcb *t)
{
    return sk_kipc_buffer(k, t, true);
}

void sk_host_syscall(struct kernel *k, int64_t number)
{
    k->current->context.x[7] = (uint64_t)number;
    k->current->context.restart_pc = k->current->context.pc;
    k->current->context.pc += 4;
    (void)sk_kernel_syscall_fast(k, k->current, number);
}

void sk_host_advance(struct kernel *k, uint64_t ticks)
{
    k->machine.now += ticks;
    if (k->machine.now >= k->machine.deadline) {
        k->machine.pending_irqs |= 1ull << TIMER_IRQ;
    }
    if ((k->machine.pending_irqs & ~k->machine.masked_irqs) != 0) {
        if (k->current != 0) {
            k->current->context.restart_pc = k->current->context.pc;
        }
        (void)sk_kernel_interrupt(k);
    }
}
