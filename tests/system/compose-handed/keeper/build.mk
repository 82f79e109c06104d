# SPDX-License-Identifier: BSD-2-Clause
prog    := keeper
src     := main.c interrupt.c
env     := microkit
uses    := microkit
ldflags := -T src/microkit/microkit.ld
needs   := KERNEL_MCS EXPORT_PTMR_USER
