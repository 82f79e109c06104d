# SPDX-License-Identifier: BSD-2-Clause
lib   := selkie-heap-bump
src   := heap.c
units := src/rt/heap/malloc.c src/rt/heap/report.c
