/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/arch/rt/trap.h>

#include <stddef.h>

/* number is ESR: the exception's class, and for a BRK instruction its immediate. */
#define CLASS_SHIFT    26
#define CLASS_BRK      0x3c
#define IMMEDIATE_MASK 0xffff

/* What an abort's ESR says in its lowest bits. */
#define STATUS_MASK      0x3f
#define STATUS_EXTERNAL  0x10
#define STATUS_ALIGNMENT 0x21

enum {
    BRK_TRAP_CLANG = 1, /* __builtin_trap() */
    BRK_TRAP_GCC = 1000,
    BRK_CHECK = 0x5500, /* clang's checks, and the kind in the low byte */
    BRK_KIND_MASK = 0xff,
};

/* By clang's numbers, which its SanitizerHandler.h gives. */
static const char *const kinds[] = {
    [0] = "addition overflow",
    [1] = "unreachable code reached",
    [3] = "division overflow or by zero",
    [5] = "floating-point number out of an integer's range",
    [7] = "implicit conversion changed the value",
    [8] = "argument that a builtin does not allow",
    [10] = "value that its type does not have",
    [11] = "end of a function that returns a value reached",
    [12] = "multiplication overflow",
    [13] = "negation overflow",
    [16] = "null argument where none may be",
    [17] = "null result where none may be",
    [18] = "index out of bounds",
    [19] = "pointer overflow",
    [20] = "shift out of bounds",
    [21] = "subtraction overflow",
    [22] = "null, misaligned or too small object",
    [23] = "assumed alignment does not hold",
    [24] = "array of no positive size",
};

enum { KIND_COUNT = sizeof(kinds) / sizeof(kinds[0]) };

const char *sk_arch_trap_name(seL4_Word number)
{
    seL4_Word immediate = number & IMMEDIATE_MASK;
    seL4_Word kind = immediate & BRK_KIND_MASK;

    if (number >> CLASS_SHIFT != CLASS_BRK) {
        return NULL;
    }
    switch (immediate & ~(seL4_Word)BRK_KIND_MASK) {
    case BRK_CHECK:
        return kind < KIND_COUNT && kinds[kind] != NULL ? kinds[kind] : "a check of clang's";
    default:
        break;
    }
    switch (immediate) {
    case BRK_TRAP_GCC:
        return "undefined behaviour, or __builtin_trap()";
    case BRK_TRAP_CLANG:
        return "__builtin_trap()";
    default:
        return "a breakpoint instruction";
    }
}

/* By ESR's exception class: those that a program meets. Aborts are VM faults. */
static const char *const classes[] = {
    [0x00] = "an undefined instruction, or one that only kernels may use",
    [0x01] = "wfi or wfe, which the kernel keeps to itself",
    [0x07] = "floating point or SIMD, which the thread may not use",
    [0x0d] = "a branch to what is no branch target",
    [0x0e] = "the processor's state is illegal",
    [0x18] = "a register or an instruction that the kernel keeps to itself",
    [0x19] = "SVE, which the kernel does not enable",
    [0x1c] = "pointer authentication failed",
    [0x22] = "pc is not a multiple of 4",
    [0x26] = "sp is not a multiple of 16",
    [0x2c] = "a floating-point exception",
    [0x2f] = "an error of the memory system",
    [0x30] = "a breakpoint of a debugger",
    [0x32] = "a single step of a debugger",
    [0x34] = "a watchpoint of a debugger",
};

enum { CLASS_COUNT = sizeof(classes) / sizeof(classes[0]) };

const char *sk_arch_exception_name(seL4_Word number)
{
    seL4_Word class = number >> CLASS_SHIFT;

    return class < CLASS_COUNT ? classes[class] : NULL;
}

const char *sk_arch_access_name(seL4_Word status)
{
    switch (status & STATUS_MASK) {
    case STATUS_EXTERNAL:
        return "neither memory nor a device answers";
    case STATUS_ALIGNMENT:
        return "the address is not aligned as this access needs it";
    default:
        return NULL;
    }
}
