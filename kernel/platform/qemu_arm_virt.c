/* SPDX-License-Identifier: BSD-2-Clause */
#include "platform/qemu_arm_virt.h"

#include "core/debug.h"
#include "core/platform.h"
#include "platform/gicv2.h"
#include "platform/pl011.h"

/* Everything but the two pages of the interrupt controller that are the kernel's. */
static const struct boot_range devices[] = {
    {0, QEMU_ARM_VIRT_GIC_DISTRIBUTOR},
    {QEMU_ARM_VIRT_GIC_DISTRIBUTOR + 0x1000, QEMU_ARM_VIRT_GIC_INTERFACE},
    {QEMU_ARM_VIRT_GIC_INTERFACE + 0x1000, QEMU_ARM_VIRT_RAM},
    {QEMU_ARM_VIRT_RAM_END, SK_CFG_PADDR_USER_DEVICE_TOP},
};

static const struct boot_range memory[] = {{QEMU_ARM_VIRT_RAM, QEMU_ARM_VIRT_RAM_END}};

static struct gicv2 gic(const struct kernel *k)
{
    return (struct gicv2){
        .distributor = sk_arch_phys(&k->machine, QEMU_ARM_VIRT_GIC_DISTRIBUTOR),
        .interface = sk_arch_phys(&k->machine, QEMU_ARM_VIRT_GIC_INTERFACE),
    };
}

void sk_kplatform_putc(struct kernel *k, char c)
{
    volatile uint32_t *uart = sk_arch_phys(&k->machine, QEMU_ARM_VIRT_UART);

    if (c == '\n') {
        sk_kpl011_putc(uart, '\r');
    }
    sk_kpl011_putc(uart, c);
}

uint64_t sk_kplatform_irq_take(struct kernel *k)
{
    return sk_kgicv2_take(gic(k));
}

void sk_kplatform_irq_end(struct kernel *k, uint64_t irq)
{
    sk_kgicv2_end(gic(k), irq);
}

void sk_kplatform_irq_mask(struct kernel *k, uint64_t irq)
{
    sk_kgicv2_disable(gic(k), irq);
}

void sk_kplatform_irq_unmask(struct kernel *k, uint64_t irq)
{
    sk_kgicv2_enable(gic(k), irq);
}

void sk_kplatform_irq_trigger(struct kernel *k, uint64_t irq, bool is_edge)
{
    sk_kgicv2_trigger(gic(k), irq, is_edge);
}

void sk_kplatform_sgi_raise(struct kernel *k, uint64_t irq, uint64_t target)
{
    sk_kgicv2_raise(gic(k), irq, target);
}

uint64_t sk_kplatform_timer_irq(const struct kernel *k)
{
    (void)k;
    return QEMU_ARM_VIRT_TIMER_IRQ;
}

static void print_banner(struct kernel *k)
{
    sk_kdebug_print(k,
                    "Selkie development kernel: the API of seL4 16.0.0 (MCS, AArch64, EL1).\n"
                    "Unverified; for development only.\n");
}

bool sk_kplatform_boot(struct kernel *k, const struct boot_image *i, uint64_t kernel_end,
                       uint64_t alignment_bias)
{
    struct boot_platform p = {
        .memory = memory,
        .memory_count = sizeof(memory) / sizeof(*memory),
        .devices = devices,
        .device_count = sizeof(devices) / sizeof(*devices),
        .kernel = {QEMU_ARM_VIRT_RAM, kernel_end},
        .alignment_bias = alignment_bias,
    };

    print_banner(k);
    sk_kgicv2_init(gic(k), KERNEL_IRQ_COUNT);
    k->irq_states[QEMU_ARM_VIRT_TIMER_IRQ] = IRQ_TIMER;
    sk_kgicv2_enable(gic(k), QEMU_ARM_VIRT_TIMER_IRQ);
    if (!sk_kernel_boot(k, &p, i)) {
        return false;
    }
    sk_kdebug_print(k, "Booting all finished, dropped to user space\n");
    return true;
}
