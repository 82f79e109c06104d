# SPDX-License-Identifier: BSD-2-Clause
prog   := memory
src    := main.c
cflags := -fno-builtin
