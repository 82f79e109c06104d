# SPDX-License-Identifier: BSD-2-Clause
prog := runtime
src  := main.c
needs := PRINTING
