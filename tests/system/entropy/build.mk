# SPDX-License-Identifier: BSD-2-Clause
prog   := entropy
src    := main.c
cflags := -fstack-protector-all
