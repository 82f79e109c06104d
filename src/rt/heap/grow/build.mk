# SPDX-License-Identifier: BSD-2-Clause
lib   := selkie-heap-grow
src   := more.c
units := src/rt/heap/malloc.c src/rt/heap/report.c \
         src/rt/heap/general/heap.c src/rt/heap/general/lists.c
# Addresses are checked by hand, and in bounds or not is what all of this is about.
cflags := -fno-sanitize=undefined
