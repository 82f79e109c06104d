# SPDX-License-Identifier: BSD-2-Clause
prog    := handled-overflow
src     := ../stack-overflow/main.c
ldflags := -Wl,-u,sk_fault_start
