# SPDX-License-Identifier: BSD-2-Clause
prog   := child
src    := main.c source.c
env    := task
cflags := -fstack-protector-all
