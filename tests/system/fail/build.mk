# SPDX-License-Identifier: BSD-2-Clause
prog := fail
src  := main.c
