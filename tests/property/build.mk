# SPDX-License-Identifier: BSD-2-Clause
prog   := property
src    := generate.c main.c operation.c shrink.c verdict.c words.c world.c
uses   := kernel
cflags := -Ikernel
