/*
 * Whatever threads ask for, the kernel's structures stay sound: random system calls on random
 * capabilities, from a fixed seed, with the invariants checked on the way.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "core/check.h"
#include "core/sched.h"
#include "object/tcb.h"
#include "play.h"

#define ROUNDS       40
#define STEPS        500
#define OBJECTS      1000ull
#define OBJECT_COUNT 24u
#define IRQ          40u /* nobody handles it; it interrupts long operations */

struct random {
    uint64_t state;
};

static uint64_t draw(struct random *r, uint64_t bound)
{
    r->state ^= r->state << 13;
    r->state ^= r->state >> 7;
    r->state ^= r->state << 17;
    return r->state % bound;
}

static uint64_t draw_cptr(struct random *r)
{
    return draw(r, 4) == 0 ? draw(r, 64) : OBJECTS + draw(r, OBJECT_COUNT + 8);
}

static uint64_t draw_word(struct random *r)
{
    switch (draw(r, 6)) {
    case 0:
        return draw(r, 16);
    case 1:
        return 64;
    case 2:
        return draw_cptr(r);
    case 3:
        return draw(r, UINT64_MAX);
    case 4:
        return 0x20000000 + draw(r, 8) * 4096;
    default:
        return draw(r, 256);
    }
}

/* One system call of whoever runs, with everything at random. */
static void step(struct kernel *k, struct random *r)
{
    static const int numbers[] = {-1, -1, -1, -1, -1,  -2,  -3,  -4, -5,
                                  -6, -7, -8, -9, -10, -11, -15, 99};
    struct sk_arch_context *c = &k->current->context;
    seL4_IPCBuffer *buffer = sk_host_ipc_buffer(k, k->current);
    uint64_t label = draw(r, 8) == 0 ? draw(r, 1 << 20) : draw(r, 60);

    for (unsigned n = 0; n < 9; n++) {
        c->x[n] = draw_word(r);
    }
    c->x[0] = draw_cptr(r);
    c->x[1] = label << 12 | draw(r, 4) << 7 | draw(r, 14);
    c->x[6] = draw_cptr(r);
    for (unsigned n = 0; buffer != NULL && n < 14; n++) {
        buffer->msg[n] = draw_word(r);
    }
    for (unsigned n = 0; buffer != NULL && n < seL4_MsgMaxExtraCaps; n++) {
        buffer->caps_or_badges[n] = draw_cptr(r);
    }
    sk_host_syscall(k, numbers[draw(r, sizeof(numbers) / sizeof(*numbers))]);
}

static void check(const struct kernel *k)
{
    struct check_finding f = sk_kernel_check(k);

    if (f.what != NULL) {
        fail_msg("%s (%p)", f.what, f.where);
    }
}

static void populate(struct kernel *k)
{
    static const uint8_t types[OBJECT_COUNT - 4] = {
        seL4_EndpointObject,      seL4_EndpointObject,      seL4_NotificationObject,
        seL4_NotificationObject,  seL4_ReplyObject,         seL4_ReplyObject,
        seL4_CapTableObject,      seL4_CapTableObject,      seL4_UntypedObject,
        seL4_UntypedObject,       seL4_SchedContextObject,  seL4_SchedContextObject,
        seL4_ARM_PageTableObject, seL4_ARM_PageTableObject, seL4_ARM_SmallPageObject,
        seL4_ARM_SmallPageObject, seL4_ARM_VSpaceObject,    seL4_ARM_VSpaceObject,
        seL4_TCBObject,           seL4_EndpointObject,
    };

    play_thread(k, OBJECTS + OBJECT_COUNT - 4, 255, false);
    play_thread(k, OBJECTS + OBJECT_COUNT - 2, 255, false);
    for (unsigned n = 0; n < OBJECT_COUNT - 4; n++) {
        uint64_t bits = types[n] == seL4_UntypedObject        ? 14
                        : types[n] == seL4_CapTableObject     ? 3
                        : types[n] == seL4_SchedContextObject ? 8
                                                              : 0;
        play_make(k, types[n], bits, OBJECTS + n);
    }
}

/* Everybody who stopped goes on, so that something can run. */
static void wake_all(struct kernel *k)
{
    for (struct tcb *t = k->all_threads; t != NULL; t = t->all_next) {
        sk_ktcb_resume(k, t);
    }
    (void)sk_ksched_run(k);
    sk_host_advance(k, 1000000000);
}

static void random_calls_leave_the_kernel_sound(void **state)
{
    struct random r = {0x5e1c1e};

    (void)state;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct kernel *k = sk_host_open(PLAY_RAM);

        assert_non_null(k);
        populate(k);
        for (unsigned n = 0; n < STEPS; n++) {
            if (k->current == NULL) {
                wake_all(k);
            }
            if (k->current == NULL) {
                break; /* they took each other's time */
            }
            if (draw(&r, 2) == 0) {
                k->machine.pending_irqs |= 1ull << IRQ;
                k->machine.masked_irqs &= ~(1ull << IRQ);
            }
            step(k, &r);
            check(k);
        }
        sk_host_close(k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_calls_leave_the_kernel_sound),
    };

    return cmocka_run_group_tests_name("kernel/hostile", tests, NULL, NULL);
}
