# SPDX-License-Identifier: BSD-2-Clause
src := start.S level.S mmu.c
cflags := -mgeneral-regs-only -mstrict-align
