# SPDX-License-Identifier: BSD-2-Clause
prog    := sleeper
src     := main.c
env     := microkit
uses    := microkit
ldflags := -T src/microkit/microkit.ld
needs   := KERNEL_MCS
