# SPDX-License-Identifier: BSD-2-Clause
prog  := panic-thread
src   := main.c
panic := unwind
