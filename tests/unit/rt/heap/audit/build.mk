# SPDX-License-Identifier: BSD-2-Clause
src    := audit_test.c
units  := src/rt/heap/general/heap.c src/rt/heap/general/lists.c src/rt/heap/general/no_more.c \
          src/rt/heap/report.c src/rt/heap/audit/audit.c
cflags := -fno-strict-aliasing
