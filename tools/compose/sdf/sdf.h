/*
 * Reads Microkit system descriptions (2.3), and checks all that can be checked without the ELF
 * files they name.
 *
 * A description that Microkit's own tool accepts is accepted, and one that it refuses is
 * refused, with two exceptions. What cannot work is refused where upstream does not look:
 * memory at addresses where there is none, slots that do not exist, attributes that would be
 * ignored. And with our extensions, whose names begin with sk:, more is possible.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "../../base/diag.h"
#include "system.h"

enum sk_sdf_isa {
    SK_SDF_AARCH64,
    SK_SDF_RISCV64,
    SK_SDF_X86_64,
};

struct sk_sdf_range {
    uint64_t start;
    uint64_t end; /* the first address behind it */
};

/* More interrupts than any kernel keeps for itself. */
enum { SK_SDF_KERNEL_IRQS = 16 };

/* What the board, its kernel and the caller have. */
struct sk_sdf_limits {
    const char *board; /* its name, for messages */
    enum sk_sdf_isa isa;
    unsigned cores;
    bool has_hypervisor;
    bool has_smc;   /* the kernel lets user programs make secure monitor calls */
    bool has_iommu; /* x86 */
    bool allows_extensions;
    unsigned slices;        /* NUM_DOMAINS; 1: no <domains> */
    unsigned turns;         /* NUM_DOMAIN_SCHEDULES */
    unsigned budget_min_us; /* the least that a scheduling context may have; 0: unknown */
    unsigned irqs;          /* interrupt numbers are below it; 0: unknown */
    /* Of these, the kernel keeps. */
    unsigned kernel_irq[SK_SDF_KERNEL_IRQS];
    unsigned kernel_irq_count;
    uint64_t user_top;     /* seL4_UserVSpaceTop */
    uint64_t guest_top;    /* the highest address of a virtual machine */
    uint64_t physical_end; /* behind the last physical address */
    /* RAM, and devices; none: phys_addr is not compared with them. */
    const struct sk_sdf_range *memory;
    size_t memory_count;
    const struct sk_sdf_range *devices;
    size_t device_count;
};

/* The root element of an extended description has xmlns:sk with this. */
#define SK_SDF_NAMESPACE "https://selkie.systems/sdf/1"

/*
 * The system that source describes, in the arena; NULL after errors. Errors and warnings are
 * added to diag, each with a help.
 */
struct sk_system *sk_sdf_read(struct arena *arena, const struct source *source,
                              const struct sk_sdf_limits *limits, struct diag *diag);

/*
 * Check again what depends on the sizes of regions, after those that only their files know
 * (size.value 0) were filled in, rounded up to pages.
 */
void sk_sdf_check_sizes(struct arena *arena, struct sk_system *system,
                        const struct sk_sdf_limits *limits, struct diag *diag);
