# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-ledger
src := ledger.c
ipc := user global
