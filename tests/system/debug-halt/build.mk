# SPDX-License-Identifier: BSD-2-Clause
prog  := debug-halt
src   := main.c
needs := DEBUG_BUILD PRINTING
