# SPDX-License-Identifier: BSD-2-Clause
prog := heap-bump-foreign
src  := main.c
heap := bump
