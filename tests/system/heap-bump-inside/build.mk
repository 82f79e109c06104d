# SPDX-License-Identifier: BSD-2-Clause
prog := heap-bump-inside
src  := main.c
heap := bump
