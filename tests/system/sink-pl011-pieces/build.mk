# SPDX-License-Identifier: BSD-2-Clause
prog  := sink-pl011-pieces
src   := main.c
sink  := pl011
fault := none
