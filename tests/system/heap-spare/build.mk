# SPDX-License-Identifier: BSD-2-Clause
prog := heap-spare
src  := main.c
heap := general
# Otherwise the compiler leaves out what nothing correct would see.
cflags := -fno-builtin
