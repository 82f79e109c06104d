# SPDX-License-Identifier: BSD-2-Clause
prog := lost-guard
src  := main.c
