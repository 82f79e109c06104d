# SPDX-License-Identifier: BSD-2-Clause
prog  := jump-data
src   := main.c
fault := handler
