# SPDX-License-Identifier: BSD-2-Clause
prog  := backtrace-leaf
src   := main.c
fault := handler
