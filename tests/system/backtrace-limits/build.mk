# SPDX-License-Identifier: BSD-2-Clause
prog := backtrace-limits
src  := main.c
