# SPDX-License-Identifier: BSD-2-Clause
prog  := debug-text
src   := main.c
needs := DEBUG_BUILD PRINTING KERNEL_MCS
