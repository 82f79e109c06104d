# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-proto
src := coroutine.c event_loop.c multi_ring.c ring.c ring_layout.c
src.mcs     := event_loop_mcs.c
src.classic := event_loop_classic.c
ipc := user global
