# SPDX-License-Identifier: BSD-2-Clause
prog  := thread-overflow
src   := main.c
fault := handler
