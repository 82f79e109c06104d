# SPDX-License-Identifier: BSD-2-Clause
prog    := handled-bound
src     := main.c
ldflags := -Wl,-u,sk_fault_start
