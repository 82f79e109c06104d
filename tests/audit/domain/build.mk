# SPDX-License-Identifier: BSD-2-Clause
prog    := audit-domain
src     := main.c
env     := microkit
uses    := microkit
ldflags := -T src/microkit/microkit.ld
needs   := KERNEL_MCS DEBUG_BUILD PRINTING
