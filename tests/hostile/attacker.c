/* SPDX-License-Identifier: BSD-2-Clause */
#include "attacker.h"

#define ATTACK __attribute__((section("attacks"), used))
#define PART   static inline __attribute__((always_inline))

#define LABELS 60 /* a few more than there are */

/* Words that mean something as an index, a size, an address, a priority or a time. */
PART seL4_Word any_word(struct random *random)
{
    uint64_t bits = random_next(random);
    uint64_t choice = bits & 15;

    bits >>= 4;
    if (choice < 5) {
        return bits % 16;
    }
    if (choice < 9) {
        return bits % OWN_SLOTS;
    }
    if (choice < 11) {
        return ATTACKER_CODE + (bits % 64 << seL4_PageBits);
    }
    if (choice < 13) {
        return (uint64_t)1 << (bits % 64);
    }
    if (choice < 14) {
        return -(bits % 16);
    }
    return choice < 15 ? bits % 100000 : bits << 4;
}

PART seL4_Word any_cap(struct random *random)
{
    uint64_t bits = random_next(random);

    if (bits % 32 == 0) {
        return bits >> 5;
    }
    return ((bits >> 5) % 8 == 0 ? OWN_SLOTS : 0) + (bits >> 8) % SLOTS_USED;
}

/* System calls that print are made rarely; two, which stop a debug kernel, never. */
PART int64_t any_number(struct random *random)
{
    uint64_t bits = random_next(random);

    if (bits % 8 < 5) {
        return seL4_SysCall;
    }
    bits >>= 3;
    if (bits % 16 != 0) {
        return seL4_SysCall - (int64_t)((bits >> 4) % 11);
    }
    bits >>= 4;
    int64_t number = (int64_t)(bits % 64) - 48;
    if (number == -14 || number == -17) {
        return seL4_SysYield;
    }
    if ((number == -12 || number == -13 || number == -16) && (bits >> 6) % 64 != 0) {
        return seL4_SysYield;
    }
    return number;
}

PART void fill_buffer(struct room *room)
{
    uint64_t bits = random_next(&room->random);

    for (unsigned i = 0; i < 6; i++) {
        room->buffer.msg[(bits & 7) + 4] = any_word(&room->random);
        bits >>= 3;
    }
    room->buffer.msg[bits % seL4_MsgMaxLength] = bits;
    for (unsigned i = 0; i < 3; i++) {
        room->buffer.caps_or_badges[i] = any_cap(&room->random);
    }
    room->buffer.receiveCNode = any_cap(&room->random);
    room->buffer.receiveIndex = any_word(&room->random);
    room->buffer.receiveDepth = bits % 4 == 0 ? any_word(&room->random) : OWN_BITS;
}

/* A fault that is not a system call's. */
PART void fault(struct room *room)
{
    uintptr_t address = any_word(&room->random);

    room->faults++;
    if (address % 4 == 0) {
        __asm__ volatile("udf #0");
    }
    if (address % 4 == 1) {
        __asm__ volatile("br %0" : : "r"(address));
    }
    __asm__ volatile("ldr %0, [%0]" : "+r"(address) : : "memory");
}

PART void call(struct room *room)
{
    struct random *random = &room->random;
    uint64_t bits = random_next(random);
    uint64_t label = bits % 16 == 0 ? bits >> 32 : (bits >> 4) % LABELS;
    uint64_t length = (bits >> 12) % 16 == 0 ? (bits >> 16) % 128 : (bits >> 16) % 12;
    register uint64_t x0 __asm__("x0") = any_cap(random);
    register uint64_t x1 __asm__("x1") = label << 12 |
                                         ((bits >> 24) % 16 == 0 ? bits & 0xe00 : 0) |
                                         (bits >> 28) % 4 << 7 | length;
    register uint64_t x2 __asm__("x2") = any_word(random);
    register uint64_t x3 __asm__("x3") = any_word(random);
    register uint64_t x4 __asm__("x4") = any_word(random);
    register uint64_t x5 __asm__("x5") = any_word(random);
    register uint64_t x6 __asm__("x6") = any_cap(random);
    register int64_t x7 __asm__("x7") = any_number(random);
    register uint64_t x8 __asm__("x8") = any_cap(random);

    room->calls++;
    /* "memory": the kernel may write to the IPC buffer. */
    __asm__ volatile("svc #0"
                     : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3), "+r"(x4), "+r"(x5), "+r"(x6),
                       "+r"(x7), "+r"(x8)
                     :
                     : "memory");
}

ATTACK __attribute__((noreturn)) void attack(struct room *room)
{
    for (;;) {
        fill_buffer(room);
        call(room);
        if (room->calls % 128 == 0) {
            fault(room);
        }
    }
}
