# SPDX-License-Identifier: BSD-2-Clause
prog   := calls
src    := main.c servers.c ../../../examples/root-task/memory.c ../../../examples/root-task/thread.c
cflags := -Iexamples/root-task
needs  := KERNEL_MCS
