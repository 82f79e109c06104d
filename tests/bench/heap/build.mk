# SPDX-License-Identifier: BSD-2-Clause
prog  := heap
src   := main.c replay.c trace.S
heap  := general
arena := 256k
