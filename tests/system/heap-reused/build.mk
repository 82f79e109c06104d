# SPDX-License-Identifier: BSD-2-Clause
prog := heap-reused
src  := main.c
heap := general
# What the test does would not compile, or be left out.
cflags := -fno-builtin $(if $(filter gcc,$(TOOLCHAIN)),-Wno-use-after-free)
