/*
 * A root task that has one child at a time, and all back when it ends: the child gets untyped
 * memory, parenthood, and a bell that it or its children ring. The program's images.S says what
 * the child runs.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/task/process.h>

/* Manage what the kernel gave; bi is the root task's. */
void family_open(const seL4_BootInfo *bi);
void family_close(void);

/* Start the child "what" with this much untyped memory; family_end() ends it. */
void family_start(struct sk_process *p, const char *what, unsigned untyped_bits);

/* Until somebody below has rung the bell. */
void family_wait_for_bell(void);

/* However far it has come: it ends, how is printed, and there is as much as before it. */
void family_end(struct sk_process *p);
