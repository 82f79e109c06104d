# SPDX-License-Identifier: BSD-2-Clause
prog   := fortify
src    := main.c
panic  := unwind
# Otherwise the compiler leaves out what nothing correct would see.
cflags := -fno-builtin
