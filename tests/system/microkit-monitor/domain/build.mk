# SPDX-License-Identifier: BSD-2-Clause
prog    := domain
src     := main.c
env     := microkit
uses    := microkit
ldflags := -T src/microkit/microkit.ld
cflags  := -fno-optimize-sibling-calls -fno-stack-clash-protection
needs   := KERNEL_MCS
