/*
 * The client: round trips, 1000 of a kind between two marks (selkie/arch/rt/mark.h), and the
 * end of the run.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <microkit.h>
#include <stdint.h>

enum { REPEATS = 1000, CHANNEL_SERVER = 0, CHANNEL_ECHO = 2 };

/* Of the ABI (docs/spec/microkit-abi.md). */
enum { SLOT_INPUT = 1, SLOT_NOTIFY_RAW = 10 + 3, SLOT_CALL_RAW = 74 + 1 };

#define mark(number) __asm__ volatile("hint %0" : : "i"(0x60 + (number)) : "memory")

static unsigned count;

/* Semihosting's SYS_EXIT_EXTENDED: the application ended, with status 0. */
static void end(void)
{
    static const uint64_t reason[2] = {0x20026, 0};
    register uint64_t operation __asm__("x0") = 0x20;
    register const uint64_t *argument __asm__("x1") = reason;

    __asm__ volatile("hlt #0xf000" : "+r"(operation) : "r"(argument) : "memory");
}

static void call(void)
{
    mark(0);
    for (unsigned i = 0; i < REPEATS; i++) {
        (void)microkit_ppcall(CHANNEL_SERVER, microkit_msginfo_new(0, 0));
    }
    mark(1);
}

static void call_raw(void)
{
    seL4_Word m0 = 0, m1 = 0, m2 = 0, m3 = 0;

    mark(2);
    for (unsigned i = 0; i < REPEATS; i++) {
        (void)seL4_CallWithMRs(SLOT_CALL_RAW, seL4_MessageInfo_new(0, 0, 0, 0), &m0, &m1, &m2,
                               &m3);
    }
    mark(3);
}

static void notify_raw(void)
{
    seL4_Word badge;

    mark(4);
    for (unsigned i = 0; i < REPEATS; i++) {
        seL4_Signal(SLOT_NOTIFY_RAW);
        seL4_Wait(SLOT_INPUT, &badge);
    }
    mark(5);
}

void init(void)
{
    call();
    call_raw();
    notify_raw();
    microkit_notify(CHANNEL_ECHO); /* the first is not counted: it leaves init() */
}

void notified(microkit_channel channel)
{
    if (count == 0) {
        mark(6);
    } else if (count == REPEATS) {
        mark(7);
        end();
    }
    count++;
    microkit_notify(channel);
}
