# SPDX-License-Identifier: BSD-2-Clause
# On Selkie's runtime: selkie-microkit before microkit.
prog  := settings
src   := main.c read.c
env   := microkit
uses  := selkie-microkit microkit
heap  := general
panic := unwind
needs := KERNEL_MCS
