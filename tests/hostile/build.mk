# SPDX-License-Identifier: BSD-2-Clause
prog   := hostile
needs  := KERNEL_MCS
src    := main.c prison.c attacker.c
# The attackers' code is copied to a page of its own: it must not refer to anything outside.
cflags := -fno-jump-tables -fno-stack-protector
units  := tests/differential/arguments.c
