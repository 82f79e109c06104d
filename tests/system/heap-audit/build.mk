# SPDX-License-Identifier: BSD-2-Clause
prog    := heap-audit
src     := main.c
heap    := general audit
ldflags := -Wl,-u,sk_heap_audit
