# SPDX-License-Identifier: BSD-2-Clause
prog := runtime-end
src  := main.c
