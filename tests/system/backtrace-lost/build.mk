# SPDX-License-Identifier: BSD-2-Clause
prog  := backtrace-lost
src   := main.c
fault := handler
