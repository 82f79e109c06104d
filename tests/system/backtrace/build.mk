# SPDX-License-Identifier: BSD-2-Clause
prog  := backtrace
src   := main.c
