/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/kernel/machine.h>

#include <selkie/config.h>

#include "core/boot.h"
#include "core/debug.h"
#include "core/sched.h"
#include "core/syscall.h"
#include "entry.h"
#include "platform/qemu_arm_virt.h"

/* The one instance. It is known here and in vectors.S; everybody else is handed it. */
struct kernel sk_arch_kernel;

#define ESR_CLASS_SHIFT             26
#define ESR_CLASS_FPU               0x07
#define ESR_CLASS_INSTRUCTION_ABORT 0x20
#define ESR_CLASS_DATA_ABORT        0x24

void sk_arch_fpu_save(struct sk_arch_machine *m, struct sk_arch_fpu *f)
{
    (void)m;
    fpu_save(f);
}

void sk_arch_fpu_load(struct sk_arch_machine *m, const struct sk_arch_fpu *f)
{
    (void)m;
    fpu_load(f);
}

/* Not memset: the compiler would call it, and we have none. DC ZVA does a cache line. */
void sk_arch_zero(struct sk_arch_machine *m, void *start, uint64_t bytes)
{
    const uint64_t line = 64; /* of cortex-a53 and cortex-a57 */
    char *p = start;

    (void)m;
    for (; bytes >= line && (uint64_t)p % line == 0; p += line, bytes -= line) {
        __asm__ volatile("dc zva, %0" : : "r"(p) : "memory");
    }
    for (; bytes != 0; p += 16, bytes -= 16) {
        __asm__ volatile("stp xzr, xzr, [%0]" : : "r"(p) : "memory");
    }
}

static void cache_line(enum sk_arch_cache_op op, const char *p)
{
    switch (op) {
    case SK_ARCH_CACHE_CLEAN:
        __asm__ volatile("dc cvac, %0" : : "r"(p) : "memory");
        break;
    case SK_ARCH_CACHE_INVALIDATE:
    case SK_ARCH_CACHE_CLEAN_INVALIDATE: /* what shares a line with the range is not lost */
        __asm__ volatile("dc civac, %0" : : "r"(p) : "memory");
        break;
    case SK_ARCH_CACHE_UNIFY:
        __asm__ volatile("dc cvau, %0\n\tdsb ish\n\tic ivau, %0" : : "r"(p) : "memory");
        break;
    }
}

void sk_arch_cache(struct sk_arch_machine *m, enum sk_arch_cache_op op, void *start,
                   uint64_t bytes)
{
    const uint64_t line = 1ull << SK_CFG_L1_CACHE_LINE_SIZE_BITS;
    uint64_t at = (uint64_t)start & ~(line - 1);

    (void)m;
    for (; at < (uint64_t)start + bytes; at += line) {
        cache_line(op, (const char *)at);
    }
    __asm__ volatile("dsb ish\n\tisb" : : : "memory");
}

void sk_arch_halt(struct sk_arch_machine *m)
{
    (void)m;
    for (;;) {
        __asm__ volatile("wfi");
    }
}

struct tcb *sk_arch_start(uint64_t user_start, uint64_t user_end, uint64_t pv_offset,
                          uint64_t entry, uint64_t dtb_start, uint64_t dtb_bytes)
{
    struct kernel *k = &sk_arch_kernel;
    struct boot_image image = {
        .user = {user_start, user_end},
        .pv_offset = pv_offset,
        .entry = entry,
        .dtb_start = dtb_start,
        .dtb_bytes = (uint32_t)dtb_bytes,
    };
    uint64_t image_to_physical = QEMU_ARM_VIRT_RAM - (uint64_t)kernel_virtual;
    uint64_t end = (uint64_t)kernel_end + image_to_physical;

    k->machine.empty_root = (uint64_t)sk_arch_empty_root + image_to_physical;
    if (!sk_kplatform_boot(k, &image, end, SK_ARCH_PHYS_WINDOW)) {
        sk_arch_halt(&k->machine);
    }
    return sk_ksched_run(k);
}

struct tcb *sk_arch_exception(struct kernel *k, uint64_t esr, uint64_t far)
{
    struct fault f = {.label = seL4_Fault_UserException, .words = {esr, 0}};
    uint64_t class = esr >> ESR_CLASS_SHIFT;

    if (class == ESR_CLASS_FPU && SK_CFG_HAVE_FPU) {
        return sk_kernel_fpu(k, f);
    }
    if (class == ESR_CLASS_INSTRUCTION_ABORT || class == ESR_CLASS_DATA_ABORT) {
        f = (struct fault){.label = seL4_Fault_VMFault,
                           .words = {far, class == ESR_CLASS_INSTRUCTION_ABORT, esr}};
    }
    return sk_kernel_fault(k, f);
}

struct tcb *sk_arch_idle(struct kernel *k)
{
    struct tcb *t;

    do {
        sk_arch_wait(&k->machine);
        t = sk_kernel_interrupt(k);
    } while (t == 0);
    return t;
}

static void print_register(struct kernel *k, const char *name, uint64_t value)
{
    sk_kdebug_print(k, name);
    sk_kdebug_hex(k, value);
}

void sk_arch_in_kernel(struct kernel *k, uint64_t esr, uint64_t far, uint64_t elr)
{
    sk_kdebug_print(k, "Selkie development kernel: exception in the kernel");
    print_register(k, ", status ", esr);
    print_register(k, ", address ", far);
    print_register(k, ", at ", elr);
    sk_kdebug_print(k, "\n");
    sk_arch_halt(&k->machine);
}
