/* SPDX-License-Identifier: BSD-2-Clause */
#include "pl011_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct pl011_model model;

enum { FLAG_BUSY = 0x8, FLAG_TRANSMIT_FULL = 0x20 };
enum { RECEIVE = 0x10, TIMEOUT = 0x40, OVERRUN = 0x400, LINE_FIFO = 0x10 };

void model_reset(void)
{
    model = (struct pl011_model){
        .id = {0x11, 0x10, 0x34, 0},
        .line_control = 0x70,
        .control = 0x301,
        .room = MODEL_SENT,
    };
    memset(&model.page, 0xee, sizeof(model.page));
}

static size_t depth(void)
{
    return (model.line_control & LINE_FIFO) != 0 ? MODEL_FIFO : 1;
}

void model_arrive(uint16_t data)
{
    if (model.fifo_count == depth()) {
        model.overran = true;
        model.raw |= OVERRUN;
        return;
    }
    /* The next whole byte tells of those that were lost. */
    model.fifo[model.fifo_count++] = (uint16_t)(data | (model.overran ? 0x800 : 0));
    model.overran = false;
    if (model.fifo_count == 1) {
        model.raw |= RECEIVE;
    }
    model.raw |= (uint32_t)(data >> 8 & 0xf) << 7;
}

bool model_interrupts(void)
{
    return (model.raw & model.mask) != 0;
}

static uint32_t take(void)
{
    assert_true(model.fifo_count > 0);
    uint32_t data = model.fifo[0];

    memmove(model.fifo, model.fifo + 1, --model.fifo_count * sizeof(model.fifo[0]));
    if (model.is_noisy) {
        model_arrive(0x100);
    }
    if (model.fifo_count == 0) {
        model.raw &= ~(uint32_t)(RECEIVE | TIMEOUT);
    }
    return data;
}

static uint32_t flags(void)
{
    uint32_t f = model.fifo_count == 0 ? 0x10 : 0;

    model.flags_reads++;
    if (model.is_stuck) {
        return f | FLAG_BUSY | FLAG_TRANSMIT_FULL;
    }
    if (model.busy > 0) {
        model.busy--;
        f |= FLAG_BUSY;
    }
    if (model.sent_count >= model.room) {
        model.waits++;
        model.room++;
        f |= FLAG_TRANSMIT_FULL;
    }
    return f;
}

static void send(uint32_t value)
{
    assert_true(model.sent_count < model.room && model.sent_count < MODEL_SENT);
    assert_true(value <= 0xff);
    model.sent[model.sent_count++] = (char)value;
}

static void set_line(uint32_t value)
{
    /* Arm: only while the port is not enabled, and done with sending. */
    assert_int_equal(model.control & 1, 0);
    assert_true(model.busy == 0 || model.is_stuck);
    if (((model.line_control ^ value) & LINE_FIFO) != 0) {
        model.fifo_count = 0;
    }
    model.line_control = value;
    model.line_writes++;
}

static size_t offset_of(const volatile uint32_t *at)
{
    size_t offset = (size_t)((const volatile char *)at - (const volatile char *)&model.page);

    assert_true(offset < sizeof(model.page));
    return offset;
}

uint32_t sk_arch_mmio_read32(const volatile uint32_t *at)
{
    size_t offset = offset_of(at);

    switch (offset) {
    case 0x00:
        return take();
    case 0x18:
        return flags();
    case 0x2c:
        return model.line_control;
    case 0xfe0:
    case 0xfe4:
    case 0xfe8:
    case 0xfec:
        return model.id[(offset - 0xfe0) / 4];
    default:
        fail_msg("read of register 0x%zx", offset);
        return 0;
    }
}

void sk_arch_mmio_write32(volatile uint32_t *at, uint32_t value)
{
    size_t offset = offset_of(at);

    switch (offset) {
    case 0x00:
        send(value);
        break;
    case 0x24:
        model.integer_divisor = value;
        break;
    case 0x28:
        model.fractional_divisor = value;
        break;
    case 0x2c:
        set_line(value);
        break;
    case 0x30:
        model.control = value;
        break;
    case 0x34:
        assert_int_equal(value, 0);
        break;
    case 0x38:
        model.mask = value;
        break;
    case 0x44:
        model.raw &= ~value;
        break;
    default:
        fail_msg("write of register 0x%zx", offset);
    }
}
