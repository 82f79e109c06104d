# SPDX-License-Identifier: BSD-2-Clause
prog  := debug-name
src   := main.c
needs := DEBUG_BUILD PRINTING
