/* SPDX-License-Identifier: BSD-2-Clause */
#include "loader.h"

#include <stddef.h>

#include <selkie/arch/loader/boot.h>

/* `selkie run` knows this prefix, and ends the run when it appears on the console. */
static const char prefix[] = "selkie loader: error: ";

static const char *check(const struct sk_boot_plan *plan)
{
    if (plan->version != SK_BOOT_PLAN_VERSION) {
        return "the boot plan has another version: pack the image again";
    }
    if (plan->zero_count > SK_BOOT_ZERO_MAX || plan->copy_count > SK_BOOT_COPY_MAX) {
        return "the boot plan is damaged";
    }
    return sk_arch_loader_check(plan);
}

void sk_loader_main(const struct sk_boot_plan *plan)
{
    if (plan->magic != SK_BOOT_PLAN_MAGIC) {
        /* Not packed: not even a UART is known. */
        sk_arch_loader_stop();
    }

    const char *problem = check(plan);
    if (problem != NULL) {
        sk_loader_print(plan, prefix);
        sk_loader_print(plan, problem);
        sk_loader_print(plan, "\n");
        sk_arch_loader_stop();
    }

    sk_arch_loader_enter_level(plan);
    sk_arch_loader_map(plan);
    for (uint64_t i = 0; i < plan->copy_count; i++) {
        sk_arch_loader_copy(plan->copy[i].to, plan->copy[i].from, plan->copy[i].size);
    }
    for (uint32_t i = 0; i < plan->zero_count; i++) {
        sk_arch_loader_zero(plan->zero[i].paddr, plan->zero[i].size);
    }
    sk_arch_loader_enter_kernel(plan);
}

void sk_loader_exception(const struct sk_boot_plan *plan, uint64_t syndrome, uint64_t pc,
                         uint64_t address)
{
    sk_loader_print(plan, prefix);
    sk_loader_print(plan, "exception at ");
    sk_loader_print_hex(plan, pc);
    sk_loader_print(plan, ", address ");
    sk_loader_print_hex(plan, address);
    sk_loader_print(plan, ", syndrome ");
    sk_loader_print_hex(plan, syndrome);
    sk_loader_print(plan, "\n");
    sk_arch_loader_stop();
}
