# SPDX-License-Identifier: BSD-2-Clause
prog  := panic-uncaught
src   := main.c
panic := unwind
