# SPDX-License-Identifier: BSD-2-Clause
prog   := calls
src    := main.c operations.c servers.c
cflags := -Iexamples/root-task
needs  := KERNEL_MCS
units := examples/root-task/memory.c examples/root-task/thread.c
