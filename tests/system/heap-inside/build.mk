# SPDX-License-Identifier: BSD-2-Clause
prog := heap-inside
src  := main.c
heap := general
