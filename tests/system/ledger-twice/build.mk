# SPDX-License-Identifier: BSD-2-Clause
prog    := ledger-twice
src     := main.c
uses    := selkie-ledger
ldflags := -Wl,-u,sk_ledger_over
