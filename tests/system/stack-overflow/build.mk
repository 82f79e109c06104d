# SPDX-License-Identifier: BSD-2-Clause
prog := stack-overflow
src  := main.c
fault := none
