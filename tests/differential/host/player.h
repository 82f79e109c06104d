/*
 * The player: acts for the actors on the host core, as a processor would.
 *
 * It knows the instructions of stub.S, and takes them from memory as the actor's VSpace has it:
 * what an actor may not reach is a fault, wherever it goes.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <selkie/arch/kernel/host.h>

/* Whether to check the kernel's invariants after each system call, and panic. */
void player_init(bool is_to_check);

/* One instruction of the running thread (sk_host_threads_play). */
void player_step(struct kernel *k);
