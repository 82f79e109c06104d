# SPDX-License-Identifier: BSD-2-Clause
prog  := alloc-levels
src   := main.c
uses  := selkie-alloc
fault := handler
