# SPDX-License-Identifier: BSD-2-Clause
prog    := safety
src     := main.c
units   := tests/safety/support.c $(shell grep -L 'sel4\|selkie' tests/safety/cases/*.c)
cflags  := -w -Itests/safety/host -pthread
ldflags := -pthread
