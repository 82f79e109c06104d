# SPDX-License-Identifier: BSD-2-Clause
src    := bump_test.c
units  := src/rt/heap/report.c
cflags := -fno-strict-aliasing -pthread
ldflags := -pthread
