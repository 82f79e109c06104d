/*
 * The code that actors run (stub.S). Never called from C: an actor's program counter is set.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

extern const char stub_start[], stub_end[];

extern const char stub_call[];         /* system call x7 with x0 to x8, then stub_done */
extern const char stub_call_untimed[]; /* the same; message register 0 is lost on success */
extern const char stub_load[];         /* load x0 from where it points to */
extern const char stub_store[];        /* store x1 to where x0 points to */
extern const char stub_jump[];         /* go to x0 */
extern const char stub_undefined[];    /* an undefined instruction */
extern const char stub_done[];         /* system call STUB_DONE for ever */
extern const char stub_spin[];         /* nothing for ever */

/* The number of the unknown system call by which an actor says that it has done its work. */
#define STUB_DONE 77
