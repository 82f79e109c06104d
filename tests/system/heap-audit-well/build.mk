# SPDX-License-Identifier: BSD-2-Clause
prog    := heap-audit-well
src     := main.c
heap    := general audit
ldflags := -Wl,-u,sk_heap_audit
