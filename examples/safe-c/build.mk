# SPDX-License-Identifier: BSD-2-Clause
prog  := safe-c
src   := main.c counter.c
heap  := general
panic := unwind
fault := handler
