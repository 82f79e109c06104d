# SPDX-License-Identifier: BSD-2-Clause
src    := heap_test.c
units  := src/rt/heap/general/heap.c src/rt/heap/general/lists.c src/rt/heap/general/no_more.c \
          src/rt/heap/report.c
cflags := -fno-strict-aliasing
