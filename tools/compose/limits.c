/* SPDX-License-Identifier: BSD-2-Clause */
#include "limits.h"

#include <stdlib.h>

/* No interrupt controller has more. */
enum { IRQS_MAX = 1 << 16 };

/* Twice what the kernel takes at most for one entry, which a configuration may scale. */
enum { BUDGET_MIN_US = 20 };

static const json_t *symbol(const struct sk_symbols *s, const char *name)
{
    const json_t *own = json_object_get(s->own, name);

    return own != NULL ? own : json_object_get(s->common, name);
}

bool sk_symbols_is_set(const struct sk_symbols *s, const char *name)
{
    return json_is_true(symbol(s, name));
}

/* As a rule numbers are texts there. */
uint64_t sk_symbols_number(const struct sk_symbols *s, const char *name, uint64_t otherwise)
{
    const json_t *value = symbol(s, name);

    if (json_is_integer(value)) {
        return (uint64_t)json_integer_value(value);
    }
    return json_is_string(value) ? strtoull(json_string_value(value), NULL, 0) : otherwise;
}

/* A count, of which there is one at least. */
static unsigned count(const struct sk_symbols *s, const char *name)
{
    uint64_t value = sk_symbols_number(s, name, 1);

    return value == 0 ? 1 : (unsigned)value;
}

static void limits_of_aarch64(const struct sk_symbols *s, struct sk_sdf_limits *l)
{
    bool has_40_bits = sk_symbols_is_set(s, "ARM_PA_SIZE_BITS_40");

    l->isa = SK_SDF_AARCH64;
    l->has_hypervisor = sk_symbols_is_set(s, "ARM_HYPERVISOR_SUPPORT");
    l->physical_end = has_40_bits ? 1ull << 40 : 1ull << 44;
    l->user_top = l->has_hypervisor ? l->physical_end - 1 : 0x7fffffffffff;
    l->guest_top = l->physical_end - 1;
}

void sk_limits_of_kernel(const struct sk_symbols *s, struct sk_sdf_limits *l)
{
    l->cores = count(s, "MAX_NUM_NODES");
    l->has_smc = sk_symbols_is_set(s, "ALLOW_SMC_CALLS");
    l->has_iommu = sk_symbols_is_set(s, "IOMMU");
    l->slices = count(s, "NUM_DOMAINS");
    l->turns = count(s, "NUM_DOMAIN_SCHEDULES");
    l->budget_min_us = BUDGET_MIN_US * count(s, "KERNEL_WCET_SCALE");
    if (sk_symbols_is_set(s, "ARCH_X86_64")) {
        l->isa = SK_SDF_X86_64;
        l->has_hypervisor = sk_symbols_is_set(s, "VTX");
        l->user_top = 0x7fffffffefff;
        l->guest_top = l->user_top;
        l->physical_end = 1ull << 47;
    } else if (sk_symbols_is_set(s, "ARCH_RISCV64")) {
        l->isa = SK_SDF_RISCV64;
        l->user_top = 0x3fffffefff;
        l->guest_top = l->user_top;
        l->physical_end = 1ull << 56;
    } else {
        limits_of_aarch64(s, l);
    }
}

/* An integer from 0 to max. */
static bool small_number(const json_t *value, json_int_t max, unsigned *ret_number)
{
    json_int_t number = json_integer_value(value);

    *ret_number = (unsigned)number;
    return json_is_integer(value) && number >= 0 && number <= max;
}

bool sk_limits_of_interrupts(const json_t *interrupts, struct sk_sdf_limits *l)
{
    const json_t *kernel = json_object_get(interrupts, "kernel");
    size_t count = json_array_size(kernel);

    if (!small_number(json_object_get(interrupts, "count"), IRQS_MAX, &l->irqs) ||
        l->irqs == 0 || !json_is_array(kernel) || count > SK_SDF_KERNEL_IRQS) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!small_number(json_array_get(kernel, i), l->irqs - 1, &l->kernel_irq[i])) {
            return false;
        }
    }
    l->kernel_irq_count = (unsigned)count;
    return true;
}
