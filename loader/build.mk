# SPDX-License-Identifier: BSD-2-Clause
# The MMU is off at first, so unaligned accesses fault; and nobody has enabled the FPU.
prog := loader
src := main.c console.c plan.c
cflags := -mgeneral-regs-only -mstrict-align
ldscript := loader.ld
