# SPDX-License-Identifier: BSD-2-Clause
prog  := panic-drop
src   := main.c
panic := unwind
