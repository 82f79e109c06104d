# SPDX-License-Identifier: BSD-2-Clause
prog  := heap-grow
units := tests/system/heap/use.c
heap  := grow
# A compiler that knows malloc leaves out what is only asked whether it fails.
cflags := -fno-builtin
