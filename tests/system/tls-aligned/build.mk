# SPDX-License-Identifier: BSD-2-Clause
prog  := tls-aligned
src   := main.c
stack := 64k
heap  := general
