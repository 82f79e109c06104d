# SPDX-License-Identifier: BSD-2-Clause
prog  := thread-overrun
src   := main.c
fault := handler
