# SPDX-License-Identifier: BSD-2-Clause
prog := constructors
src  := main.c
