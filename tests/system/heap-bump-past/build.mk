# SPDX-License-Identifier: BSD-2-Clause
prog := heap-bump-past
src  := main.c
heap := bump
