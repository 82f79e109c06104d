/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel.h"

#include "../../cli/report.h"
#include "kit.h"

/* What is predicted for a kernel depends on these. */
static const char *const numbers[] = {
    "MAX_NUM_NODES",        "NUM_DOMAINS",          "NUM_DOMAIN_SCHEDULES",
    "RETYPE_FAN_OUT_LIMIT", "ROOT_CNODE_SIZE_BITS", "TIMER_FREQUENCY",
};

bool sk_kernel_check(const char *path, const struct sk_symbols *symbols)
{
    if (!sk_symbols_is_set(symbols, "KERNEL_MCS")) {
        sk_report_error(
            "%s: this kernel is a classic one (KERNEL_MCS is not true), and systems "
            "need scheduling contexts",
            path);
        return sk_report_help("build seL4 with -DKernelIsMCS=ON, or choose another kernel");
    }
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        if (sk_symbols_number(symbols, numbers[i], 0) == 0) {
            sk_report_error("%s: %s is missing, or not a number", path, numbers[i]);
            return sk_report_help("take the configuration that was installed with the kernel");
        }
    }
    return true;
}

bool sk_kernel_check_file(const char *path)
{
    json_t *config = sk_kit_read_json(path, "the kernel configuration");
    struct sk_symbols symbols = {.common = config};
    bool is_good = config != NULL;

    if (is_good && !sk_symbols_is_set(&symbols, "ARCH_AARCH64")) {
        sk_report_error("%s: this kernel is not for AArch64 (ARCH_AARCH64 is not true)", path);
        is_good = sk_report_help("choose another kernel: systems are made for AArch64 only");
    }
    is_good = is_good && sk_kernel_check(path, &symbols);
    json_decref(config);
    return is_good;
}
