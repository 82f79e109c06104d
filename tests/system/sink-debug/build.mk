# SPDX-License-Identifier: BSD-2-Clause
prog := sink-debug
src  := ../sink/main.c
sink := debug
needs := PRINTING
