# SPDX-License-Identifier: BSD-2-Clause
prog  := domain
src   := main.c
env   := microkit
uses  := selkie-microkit microkit
heap  := general
panic := unwind
sink  := none
needs := KERNEL_MCS
