/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/player.h"

#include <selkie/arch/kernel/window.h>
#include <selkie/base/assert.h>

#include "core/check.h"
#include "core/syscall.h"
#include "host/coverage.h"

#define CALL_TICKS   64u /* that a system call takes */
#define LINK         30u
#define ESR_UNKNOWN  0x02000000u /* an undefined instruction */
#define ESR_PC_ALIGN 0x8a000000u

/* Instructions without operands that vary. */
enum {
    SVC = 0xd4000001,
    LSR_X7_X1_12 = 0xd34cfc27,
    LDR_X0_X0 = 0xf9400000,
    STR_X1_X0 = 0xf9000001,
    BR_X0 = 0xd61f0000,
};

static bool is_checking;

/* Bits low to low + width - 1, with a sign. */
static int64_t field(uint32_t word, unsigned low, unsigned width)
{
    return (int64_t)((uint64_t)word << (64 - width - low)) >> (64 - width);
}

static void fault(struct kernel *k, struct fault f)
{
    k->current->context.restart_pc = k->current->context.pc;
    (void)sk_kernel_fault(k, f);
}

static void user_exception(struct kernel *k, uint64_t status)
{
    fault(k, (struct fault){.label = seL4_Fault_UserException, .words = {status, 0}});
}

/* Where the running thread finds vaddr; null: it has faulted. */
static void *reach(struct kernel *k, uint64_t vaddr, enum sk_host_access access)
{
    uint64_t status;
    void *place = sk_host_reach(k, k->current, vaddr, access, &status);

    if (place == NULL) {
        fault(k, (struct fault){.label = seL4_Fault_VMFault,
                                .words = {vaddr, access == SK_HOST_EXECUTE, status}});
    }
    return place;
}

static void load_or_store(struct kernel *k, bool is_store)
{
    struct sk_arch_context *c = &k->current->context;
    uint64_t *place = reach(k, c->x[0], is_store ? SK_HOST_WRITE : SK_HOST_READ);

    if (place == NULL) {
        return;
    }
    if (is_store) {
        *place = c->x[1];
    } else {
        c->x[0] = *place;
    }
    c->pc += 4;
}

/* A thread that spins does so until its time is up. */
static void spin(struct kernel *k)
{
    const struct sk_arch_machine *m = &k->machine;

    sk_assert(m->deadline != UINT64_MAX);
    sk_host_advance(k, m->deadline > m->now ? m->deadline - m->now : 0);
}

/* Instructions with operands: moves of constants, and jumps. */
static void operand(struct kernel *k, uint32_t word)
{
    struct sk_arch_context *c = &k->current->context;

    if (word >> 16 == 0) { /* udf */
        user_exception(k, ESR_UNKNOWN);
    } else if (word >> 21 == 0x694) { /* mov Xd, #n */
        c->x[word & 31] = word >> 5 & 0xffff;
        c->pc += 4;
    } else if (word >> 26 == 0x05 && field(word, 0, 26) == 0) {
        spin(k);
    } else if (word >> 26 == 0x05) { /* b */
        c->pc += (uint64_t)field(word, 0, 26) * 4;
    } else if (word >> 24 == 0xb5) { /* cbnz Xd */
        c->pc += c->x[word & 31] != 0 ? (uint64_t)field(word, 5, 19) * 4 : 4;
    } else if ((word & 0x9f00001f) == (0x10000000 | LINK)) { /* adr x30 */
        c->x[LINK] = c->pc + (uint64_t)field(word, 5, 19) * 4 + (word >> 29 & 3);
        c->pc += 4;
    } else {
        sk_panic_at(__FILE__, __LINE__, "no such instruction: %x at %lx", word, c->pc);
    }
}

static void check(const struct kernel *k)
{
    struct check_finding finding = {0};

    if (is_checking) {
        finding = sk_kernel_check(k);
    }
    if (finding.what != NULL) {
        sk_panic_at(__FILE__, __LINE__, "%s", finding.what);
    }
}

void player_init(bool is_to_check)
{
    is_checking = is_to_check;
}

void player_step(struct kernel *k)
{
    struct sk_arch_context *c = &k->current->context;
    const uint32_t *place;

    if (c->pc % 4 != 0) {
        user_exception(k, ESR_PC_ALIGN);
        return;
    }
    place = reach(k, c->pc, SK_HOST_EXECUTE);
    if (place == NULL) {
        return;
    }
    switch (*place) {
    case SVC:
        coverage_before(k);
        sk_host_syscall(k, (int64_t)c->x[7]);
        coverage_after();
        check(k);
        sk_host_advance(k, CALL_TICKS);
        break;
    case LSR_X7_X1_12:
        c->x[7] = c->x[1] >> 12;
        c->pc += 4;
        break;
    case LDR_X0_X0:
    case STR_X1_X0:
        load_or_store(k, *place == STR_X1_X0);
        break;
    case BR_X0:
        c->pc = c->x[0];
        break;
    default:
        operand(k, *place);
        break;
    }
}
