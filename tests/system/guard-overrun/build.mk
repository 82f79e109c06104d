# SPDX-License-Identifier: BSD-2-Clause
prog  := guard-overrun
src   := main.c
fault := handler
