# SPDX-License-Identifier: BSD-2-Clause
prog  := panic-foreign
src   := main.c frame.S
panic := unwind
