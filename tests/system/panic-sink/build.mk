# SPDX-License-Identifier: BSD-2-Clause
prog  := panic-sink
src   := main.c
sink  := none
panic := unwind
