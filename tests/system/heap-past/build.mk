# SPDX-License-Identifier: BSD-2-Clause
prog := heap-past
src  := main.c
heap := general
