# SPDX-License-Identifier: BSD-2-Clause
src := trap_test.c
units := arch/aarch64/rt/trap.c
cflags := -Iarch/aarch64/include
