# SPDX-License-Identifier: BSD-2-Clause
prog := heap-own
src  := main.c
heap := own
