# SPDX-License-Identifier: BSD-2-Clause
prog  := thread-panic
src   := main.c
panic := unwind
