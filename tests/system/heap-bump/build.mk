# SPDX-License-Identifier: BSD-2-Clause
prog  := heap-bump
units := tests/system/heap/use.c
heap  := bump
arena := 1m
