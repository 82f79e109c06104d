/*
 * What a configuration may ask of this kernel. What it has not is refused when it is built, by
 * the name of the symbol: this header comes before every other of the kernel.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/config.h>
#include <selkie/config.h>

#define HAS(symbol) \
    _Static_assert(SK_CFG_##symbol, "the development kernel has no " #symbol "=false yet")
#define HAS_NOT(symbol) \
    _Static_assert(!SK_CFG_##symbol, "the development kernel has no " #symbol "=true yet")

HAS(KERNEL_MCS);
HAS(ARCH_AARCH64);
HAS(PLAT_QEMU_ARM_VIRT);
HAS(HAVE_FPU);
HAS(ARM_TLS_REG_TPIDRU);
HAS_NOT(ARM_HYPERVISOR_SUPPORT);
HAS_NOT(ENABLE_SMP_SUPPORT);
HAS_NOT(HARDWARE_DEBUG_API);
HAS_NOT(ARM_GIC_V3_SUPPORT);
HAS_NOT(ALLOW_SMC_CALLS);
HAS_NOT(ARM_SMMU);
HAS_NOT(TK1_SMMU);
HAS_NOT(ENABLE_BENCHMARKS);
HAS_NOT(DANGEROUS_CODE_INJECTION);
HAS_NOT(SET_TLS_BASE_SELF);
HAS_NOT(KERNEL_INVOCATION_REPORT_ERROR_IPC);
HAS_NOT(EXPORT_PMU_USER);
HAS_NOT(DISABLE_WFI_WFE_TRAPS);
HAS_NOT(AARCH64_SERROR_IGNORE);

_Static_assert(SK_CFG_MAX_NUM_NODES == 1,
               "the development kernel has no MAX_NUM_NODES > 1 yet");
_Static_assert(SK_CFG_NUM_DOMAIN_SCHEDULES >= 2, "NUM_DOMAIN_SCHEDULES must be 2 or more");
_Static_assert(SK_CFG_NUM_DOMAINS <= 256, "NUM_DOMAINS must be 256 or less");
_Static_assert(SK_CFG_NUM_PRIORITIES == 256, "NUM_PRIORITIES must be 256");
_Static_assert(SK_CFG_KERNEL_STATIC_MAX_PERIOD_US == 0,
               "the development kernel has no KERNEL_STATIC_MAX_PERIOD_US yet");
