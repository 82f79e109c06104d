# SPDX-License-Identifier: BSD-2-Clause
prog := heap-bump-spare
src  := main.c
heap := bump
# Otherwise the compiler leaves out what nothing correct would see.
cflags := -fno-builtin
