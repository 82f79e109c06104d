# SPDX-License-Identifier: BSD-2-Clause
prog  := handled-overrun
src   := main.c
fault := handler
