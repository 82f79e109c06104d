# SPDX-License-Identifier: BSD-2-Clause
prog := heap-twice
src  := main.c
heap := general
