# SPDX-License-Identifier: BSD-2-Clause
prog := hello-plain
src  := main.c
