# SPDX-License-Identifier: BSD-2-Clause
prog    := console
src     := main.c
units   := examples/console/pipe.c
env     := microkit
uses    := microkit selkie-proto
ldflags := -T src/microkit/microkit.ld
needs   := KERNEL_MCS
