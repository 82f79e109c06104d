# SPDX-License-Identifier: BSD-2-Clause
prog    := handled-write
ldflags := -Wl,-u,sk_fault_start
units := tests/system/fault/main.c
