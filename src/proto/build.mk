# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-proto
src := coroutine.c event_loop.c multi_ring.c ring.c ring_layout.c
src.mcs     := event_loop_mcs.c
src.classic := event_loop_classic.c
ipc := user global
# What is left out costs a third of a push, and what it would find faults, or cannot be: indices
# are masked, and addresses are checked once, when an end begins.
cflags := -fno-sanitize=null,alignment,object-size,pointer-overflow
