# SPDX-License-Identifier: BSD-2-Clause
prog    := timer
src     := main.c
env     := microkit
uses    := microkit selkie-driver
ldflags := -T src/microkit/microkit.ld
needs   := KERNEL_MCS
