# SPDX-License-Identifier: BSD-2-Clause
src := cleanup_test.c read_test.c step_test.c
units := src/rt/unwind/cleanup.c src/rt/unwind/read.c src/rt/unwind/step.c
cflags := -Iarch/aarch64/include -Isrc/rt
