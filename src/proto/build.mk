# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-proto
src := multi_ring.c ring.c ring_layout.c
ipc := user global
