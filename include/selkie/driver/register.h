/*
 * Registers of devices, with what may be done to them in their types.
 *
 *     struct clock_registers {
 *         sk_register_rw control;
 *         sk_register_ro count;
 *         sk_register_wo acknowledge;
 *     };
 *
 *     volatile struct clock_registers *r = page;
 *
 *     sk_register_write(r->control, sk_register_read(r->control) | ENABLE);
 *
 * A structure of them is the layout of a device's page. Writing one that can only be read, or
 * reading one that can only be written, does not compile. Each use is one access of 32 bits, in
 * the order of the program. On a host the accesses are calls of sk_arch_mmio_read32() and
 * sk_arch_mmio_write32(), in which a test plays the device.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/arch/driver/mmio.h>

/* The member is for the functions below only. */
typedef struct sk_register_ro {
    uint32_t bits__;
} sk_register_ro;

typedef struct sk_register_wo {
    uint32_t bits__;
} sk_register_wo;

typedef struct sk_register_rw {
    uint32_t bits__;
} sk_register_rw;

/* The value of a register that can be read. */
#define sk_register_read(r) \
    _Generic(&(r), volatile sk_register_ro *                                          \
             : sk_register_ro_read__, const volatile sk_register_ro *                 \
             : sk_register_ro_read__, volatile sk_register_rw *                       \
             : sk_register_rw_read__, const volatile sk_register_rw *                 \
             : sk_register_rw_read__)(&(r))

/* Give a register that can be written a value. */
#define sk_register_write(r, value)                              \
    _Generic(&(r), volatile sk_register_wo *                     \
             : sk_register_wo_write__, volatile sk_register_rw * \
             : sk_register_rw_write__)(&(r), (value))

static inline uint32_t sk_register_ro_read__(const volatile sk_register_ro *r)
{
    return sk_arch_mmio_read32(&r->bits__);
}

static inline uint32_t sk_register_rw_read__(const volatile sk_register_rw *r)
{
    return sk_arch_mmio_read32(&r->bits__);
}

static inline void sk_register_wo_write__(volatile sk_register_wo *r, uint32_t value)
{
    sk_arch_mmio_write32(&r->bits__, value);
}

static inline void sk_register_rw_write__(volatile sk_register_rw *r, uint32_t value)
{
    sk_arch_mmio_write32(&r->bits__, value);
}
