# SPDX-License-Identifier: BSD-2-Clause
prog := own-stack
src  := main.c
