# SPDX-License-Identifier: BSD-2-Clause
prog  := debug-snapshot
src   := main.c
fault := none
needs := KERNEL_MCS DEBUG_BUILD PRINTING
