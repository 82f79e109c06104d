# SPDX-License-Identifier: BSD-2-Clause
prog  := monitor
src   := backtrace.c decide.c main.c place.c registers.c report.c tables.c
src.PRINTING    := sink_debug.c
src.no-PRINTING := sink_none.c
env   := microkit
sink  := own
needs := KERNEL_MCS
