# SPDX-License-Identifier: BSD-2-Clause
prog  := heap-grow
units := tests/system/heap/use.c
heap  := grow
