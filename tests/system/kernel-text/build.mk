# SPDX-License-Identifier: BSD-2-Clause
prog    := kernel-text
src     := main.c
ldflags := -Wl,-u,sk_fault_start
