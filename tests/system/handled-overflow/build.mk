# SPDX-License-Identifier: BSD-2-Clause
prog    := handled-overflow
ldflags := -Wl,-u,sk_fault_start
units := tests/system/stack-overflow/main.c
