# SPDX-License-Identifier: BSD-2-Clause
prog := raw-assert
src  := main.c
