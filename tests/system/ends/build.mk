# SPDX-License-Identifier: BSD-2-Clause
prog := ends
src  := main.c
