# SPDX-License-Identifier: BSD-2-Clause
prog := assert
src  := main.c
