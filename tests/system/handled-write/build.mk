# SPDX-License-Identifier: BSD-2-Clause
prog    := handled-write
src     := ../fault/main.c
ldflags := -Wl,-u,sk_fault_start
