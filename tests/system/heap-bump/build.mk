# SPDX-License-Identifier: BSD-2-Clause
prog  := heap-bump
units := tests/system/heap/use.c
heap  := bump
arena := 1m
# A compiler that knows malloc leaves out what is only asked whether it fails.
cflags := -fno-builtin
