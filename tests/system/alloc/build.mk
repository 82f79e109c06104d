# SPDX-License-Identifier: BSD-2-Clause
prog  := alloc
src   := main.c scopes.c spaces.c
units := tests/system/leaks/untypeds.c
uses  := selkie-alloc
panic := unwind
fault := none
