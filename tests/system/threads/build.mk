# SPDX-License-Identifier: BSD-2-Clause
prog  := threads
src   := main.c
fault := handler
