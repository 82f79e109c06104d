# SPDX-License-Identifier: BSD-2-Clause
prog    := bare
src     := main.c
env     := microkit
ldflags := -T src/microkit/microkit.ld
needs   := KERNEL_MCS
