/*
 * The player: acts for the actors on the host core, as a processor would.
 *
 * It knows the instructions of stub.S, and takes them from memory as the actor's VSpace has it:
 * what an actor may not reach is a fault, wherever it goes.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/arch/kernel/host.h>

/* One instruction of the running thread (sk_host_threads_play). */
void player_step(struct kernel *k);
