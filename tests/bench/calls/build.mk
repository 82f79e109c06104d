# SPDX-License-Identifier: BSD-2-Clause
prog   := calls
src    := main.c operations.c servers.c
# The kernel is measured, and the stubs. Patterns in locals are stored from vector registers, which
# the kernel then switches for each thread.
cflags := -Iexamples/root-task -ftrivial-auto-var-init=uninitialized -fno-stack-protector \
          -fno-sanitize=undefined
needs  := KERNEL_MCS
units := examples/root-task/memory.c examples/root-task/thread.c
