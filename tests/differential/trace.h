/*
 * The trace: every word that is compared goes through here. Of each seed a hash is kept; the
 * words themselves are printed only when asked for.
 *
 * Addresses of the program (code of the actors, their IPC buffers) are replaced by what they
 * are, so that a trace does not depend on the compiler.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include "actor.h"

/* Start the trace of a seed. */
void trace_open(bool is_printed);

/* Its hash. */
seL4_Word trace_hash(void);

/* A line: what, and words. Those of trace_bits are never addresses. */
void trace_bits(const char *what, const seL4_Word *words, unsigned count);
void trace_words(const char *what, const seL4_Word *words, unsigned count);

/* An operation, before it is done. name says what it is about. */
void trace_operation(unsigned number, unsigned actor, const char *name,
                     const struct command *command);

/* An actor has done its operation; fault: the words of its UnknownSyscall message. */
void trace_done(unsigned actor, const seL4_Word *fault);
