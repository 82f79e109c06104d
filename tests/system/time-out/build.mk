# SPDX-License-Identifier: BSD-2-Clause
prog := time-out
src  := main.c
