# SPDX-License-Identifier: BSD-2-Clause
prog := heap-bump-twice
src  := main.c
heap := bump
