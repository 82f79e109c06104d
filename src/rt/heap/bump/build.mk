# SPDX-License-Identifier: BSD-2-Clause
lib   := selkie-heap-bump
src   := heap.c
units := src/rt/heap/malloc.c src/rt/heap/report.c
# Addresses are checked by hand, and in bounds or not is what all of this is about.
cflags := -fno-sanitize=undefined
