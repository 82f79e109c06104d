# SPDX-License-Identifier: BSD-2-Clause
prog := hello
src  := main.c
