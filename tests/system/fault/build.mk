# SPDX-License-Identifier: BSD-2-Clause
prog := fault
src  := main.c
fault := none
