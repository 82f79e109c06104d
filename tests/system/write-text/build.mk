# SPDX-License-Identifier: BSD-2-Clause
prog  := write-text
src   := main.c
fault := handler
