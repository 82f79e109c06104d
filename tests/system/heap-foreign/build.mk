# SPDX-License-Identifier: BSD-2-Clause
prog := heap-foreign
src  := main.c
heap := general
