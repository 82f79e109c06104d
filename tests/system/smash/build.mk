# SPDX-License-Identifier: BSD-2-Clause
prog   := smash
src    := main.c
cflags := -fstack-protector-all -fno-sanitize=undefined
