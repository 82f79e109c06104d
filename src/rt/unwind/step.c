/* SPDX-License-Identifier: BSD-2-Clause */
#include "unwind.h"

/* Instructions of unwind tables. The first three have their operand in the low six bits. */
enum {
    OP_ADVANCE = 0x40,
    OP_OFFSET = 0x80,
    OP_RESTORE = 0xc0,
    OP_NOP = 0x00,
    OP_ADVANCE_1 = 0x02,
    OP_ADVANCE_2 = 0x03,
    OP_ADVANCE_4 = 0x04,
    OP_OFFSET_EXTENDED = 0x05,
    OP_RESTORE_EXTENDED = 0x06,
    OP_UNDEFINED = 0x07,
    OP_SAME_VALUE = 0x08,
    OP_REMEMBER_STATE = 0x0a,
    OP_RESTORE_STATE = 0x0b,
    OP_DEF_CFA = 0x0c,
    OP_DEF_CFA_REGISTER = 0x0d,
    OP_DEF_CFA_OFFSET = 0x0e,
    OP_OFFSET_EXTENDED_SF = 0x11,
    OP_DEF_CFA_SF = 0x12,
    OP_DEF_CFA_OFFSET_SF = 0x13,
    OP_ARGS_SIZE = 0x2e,
};

/* How a register of the caller is had back. */
enum rule { RULE_SAME, RULE_SAVED, RULE_UNDEFINED };

/* What holds at one place of a function. cfa is the caller's stack pointer. */
struct row {
    uint8_t rule[SK_ARCH_FRAME_COUNT];
    int32_t offset[SK_ARCH_FRAME_COUNT]; /* from cfa, of what is saved */
    int cfa_register;
    int64_t cfa_offset;
};

#define DEPTH 2 /* rows remembered at a time; compilers nest no deeper */

struct machine {
    const struct unwind_entry *entry;
    uintptr_t place; /* that the row is of */
    struct row row;
    struct row initial; /* after the common instructions */
    struct row remembered[DEPTH];
    unsigned depth;
};

static void set_rule(struct row *row, uint64_t column, enum rule rule, int64_t offset)
{
    int i = sk_arch_frame_index(column);

    if (i >= 0) {
        row->rule[i] = rule;
        row->offset[i] = (int32_t)offset;
    }
}

static void restore_rule(struct machine *m, uint64_t column)
{
    int i = sk_arch_frame_index(column);

    if (i >= 0) {
        m->row.rule[i] = m->initial.rule[i];
        m->row.offset[i] = m->initial.offset[i];
    }
}

/* Run an instruction about the stack pointer or the stack of rows; false if not understood. */
static bool run_frame_op(struct machine *m, uint8_t op, const uint8_t **at)
{
    struct row *row = &m->row;

    switch (op) {
    case OP_NOP:
        return true;
    case OP_REMEMBER_STATE:
        if (m->depth == DEPTH) {
            return false;
        }
        m->remembered[m->depth++] = *row;
        return true;
    case OP_RESTORE_STATE:
        if (m->depth == 0) {
            return false;
        }
        *row = m->remembered[--m->depth];
        return true;
    case OP_DEF_CFA:
        row->cfa_register = sk_arch_frame_index(sk_unwind_uleb(at));
        row->cfa_offset = (int64_t)sk_unwind_uleb(at);
        return true;
    case OP_DEF_CFA_SF:
        row->cfa_register = sk_arch_frame_index(sk_unwind_uleb(at));
        row->cfa_offset = sk_unwind_sleb(at) * m->entry->data_align;
        return true;
    case OP_DEF_CFA_REGISTER:
        row->cfa_register = sk_arch_frame_index(sk_unwind_uleb(at));
        return true;
    case OP_DEF_CFA_OFFSET:
        row->cfa_offset = (int64_t)sk_unwind_uleb(at);
        return true;
    case OP_DEF_CFA_OFFSET_SF:
        row->cfa_offset = sk_unwind_sleb(at) * m->entry->data_align;
        return true;
    case OP_ARGS_SIZE:
        (void)sk_unwind_uleb(at);
        return true;
    default:
        return false;
    }
}

/* Run any instruction but those that advance; false if it is not understood. */
static bool run_op(struct machine *m, uint8_t op, const uint8_t **at)
{
    int64_t align = m->entry->data_align;
    uint64_t column = op & 0x3f;

    switch (op & 0xc0) {
    case OP_OFFSET:
        set_rule(&m->row, column, RULE_SAVED, (int64_t)sk_unwind_uleb(at) * align);
        return true;
    case OP_RESTORE:
        restore_rule(m, column);
        return true;
    default:
        break;
    }
    switch (op) {
    case OP_OFFSET_EXTENDED:
        column = sk_unwind_uleb(at);
        set_rule(&m->row, column, RULE_SAVED, (int64_t)sk_unwind_uleb(at) * align);
        return true;
    case OP_OFFSET_EXTENDED_SF:
        column = sk_unwind_uleb(at);
        set_rule(&m->row, column, RULE_SAVED, sk_unwind_sleb(at) * align);
        return true;
    case OP_RESTORE_EXTENDED:
        restore_rule(m, sk_unwind_uleb(at));
        return true;
    case OP_UNDEFINED:
        set_rule(&m->row, sk_unwind_uleb(at), RULE_UNDEFINED, 0);
        return true;
    case OP_SAME_VALUE:
        set_rule(&m->row, sk_unwind_uleb(at), RULE_SAME, 0);
        return true;
    default:
        return run_frame_op(m, op, at);
    }
}

/* How far an instruction advances, if it is of that kind. */
static bool run_advance(struct machine *m, uint8_t op, const uint8_t **at)
{
    uint64_t units;

    if ((op & 0xc0) == OP_ADVANCE) {
        units = op & 0x3f;
    } else if (op >= OP_ADVANCE_1 && op <= OP_ADVANCE_4) {
        units = sk_unwind_fixed(at, (size_t)1 << (op - OP_ADVANCE_1), false);
    } else {
        return false;
    }
    m->place += units * m->entry->code_align;
    return true;
}

/* Run the instructions up to the row of place; false if there is one that is not understood. */
static bool run(struct machine *m, const uint8_t *at, const uint8_t *end, uintptr_t place)
{
    while (at < end) {
        uint8_t op = *at++;

        if (run_advance(m, op, &at)) {
            if (m->place > place) {
                return true;
            }
        } else if (!run_op(m, op, &at)) {
            return false;
        }
    }
    return true;
}

/*
 * Is the caller above? Its frame lies higher on the stack; only who was interrupted before it
 * had a frame, and calls nobody, has none. Without this a damaged stack could lead in circles.
 */
static bool goes_up(const struct row *row, int link, const struct sk_arch_frame *frame,
                    uintptr_t cfa)
{
    uintptr_t sp = frame->reg[SK_ARCH_FRAME_SP];

    return cfa > sp || (cfa == sp && row->rule[link] == RULE_SAME &&
                        frame->reg[link] != frame->reg[SK_ARCH_FRAME_PC]);
}

static enum unwind_step apply(const struct row *row, int link, struct sk_arch_frame *frame)
{
    struct sk_arch_frame caller = *frame;

    if (link < 0 || row->cfa_register < 0) {
        return UNWIND_CONFUSED;
    }
    if (row->rule[link] == RULE_UNDEFINED ||
        (row->rule[link] == RULE_SAME && frame->reg[link] == 0)) {
        return UNWIND_END;
    }
    uintptr_t cfa = frame->reg[row->cfa_register] + (uint64_t)row->cfa_offset;
    if (!goes_up(row, link, frame, cfa)) {
        return UNWIND_CONFUSED;
    }
    for (int i = 0; i < SK_ARCH_FRAME_COUNT; i++) {
        if (row->rule[i] == RULE_SAVED) {
            caller.reg[i] = *(const uint64_t *)(cfa + (uint64_t)(int64_t)row->offset[i]);
        }
    }
    caller.reg[SK_ARCH_FRAME_SP] = cfa;
    caller.reg[SK_ARCH_FRAME_PC] = caller.reg[link];
    *frame = caller;
    return caller.reg[link] != 0 ? UNWIND_STEPPED : UNWIND_END;
}

enum unwind_step sk_unwind_step(const struct unwind_entry *entry, uintptr_t place,
                                struct sk_arch_frame *frame)
{
    struct machine m = {.entry = entry, .place = entry->start};

    if (!run(&m, entry->common, entry->common_end, UINTPTR_MAX)) {
        return UNWIND_CONFUSED;
    }
    m.initial = m.row;
    if (!run(&m, entry->own, entry->own_end, place)) {
        return UNWIND_CONFUSED;
    }
    return apply(&m.row, sk_arch_frame_index(entry->return_column), frame);
}
