# SPDX-License-Identifier: BSD-2-Clause
src      := start.S vectors.S memory.S context.c machine.c
cflags   := -Ikernel -mgeneral-regs-only -fno-asynchronous-unwind-tables
ldflags  := -Wl,--no-warn-rwx-segments
ldscript := kernel.ld
