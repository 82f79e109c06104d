/*
 * The code that actors run (stub.S). Never called from C: an actor's program counter is set.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

/* Places in it: bytes from its start, which ground.h tells. */
enum stub {
    STUB_CALL = 0x0,          /* system call x7 with x0 to x8, then STUB_DONE */
    STUB_DONE = 0x4,          /* system call STUB_NUMBER for ever */
    STUB_CALL_UNTIMED = 0x10, /* the first; message register 0 is lost on success */
    STUB_LOAD = 0x24,         /* load x0 from where it points to */
    STUB_STORE = 0x2c,        /* store x1 to where x0 points to */
    STUB_JUMP = 0x34,         /* go to x0 */
    STUB_UNDEFINED = 0x3c,    /* an undefined instruction */
    STUB_SPIN = 0x44,         /* nothing for ever */
    STUB_BYTES = 0x48,
};

/* The number of the unknown system call by which an actor says that it has done its work. */
#define STUB_NUMBER 77
