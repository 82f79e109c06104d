# SPDX-License-Identifier: BSD-2-Clause
prog := heap-bump-twice
src  := main.c
heap := bump
# What the test does would not compile.
cflags := $(if $(filter gcc,$(TOOLCHAIN)),-Wno-use-after-free)
