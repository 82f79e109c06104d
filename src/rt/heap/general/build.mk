# SPDX-License-Identifier: BSD-2-Clause
lib   := selkie-heap-general
src   := heap.c lists.c no_more.c
units := src/rt/heap/malloc.c src/rt/heap/report.c
