# SPDX-License-Identifier: BSD-2-Clause
prog := heap-threads
src  := main.c
heap := grow
