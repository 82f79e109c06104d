# SPDX-License-Identifier: BSD-2-Clause
prog  := alloc-levels
src   := main.c
units := tests/system/leaks/untypeds.c
uses  := selkie-alloc
fault := handler
