# SPDX-License-Identifier: BSD-2-Clause
prog  := traps
src   := main.c
panic := unwind
fault := panic
