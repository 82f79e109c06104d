# SPDX-License-Identifier: BSD-2-Clause
prog := panic
src  := main.c
