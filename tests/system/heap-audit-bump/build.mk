# SPDX-License-Identifier: BSD-2-Clause
prog    := heap-audit-bump
src     := main.c
heap    := bump audit
ldflags := -Wl,-u,sk_heap_audit
