# SPDX-License-Identifier: BSD-2-Clause
prog := sink-none
src  := ../sink/main.c
sink := none
