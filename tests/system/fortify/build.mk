# SPDX-License-Identifier: BSD-2-Clause
prog   := fortify
src    := main.c
panic  := unwind
cflags := -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds
