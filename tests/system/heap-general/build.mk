# SPDX-License-Identifier: BSD-2-Clause
prog  := heap-general
units := tests/system/heap/use.c
heap  := general
