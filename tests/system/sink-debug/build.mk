# SPDX-License-Identifier: BSD-2-Clause
prog := sink-debug
sink := debug
needs := PRINTING
units := tests/system/sink/main.c
