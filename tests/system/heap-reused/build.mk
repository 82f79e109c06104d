# SPDX-License-Identifier: BSD-2-Clause
prog := heap-reused
src  := main.c
heap := general
