# SPDX-License-Identifier: BSD-2-Clause
prog  := loop-panic
src   := main.c
uses  := selkie-proto selkie-alloc
panic := unwind
