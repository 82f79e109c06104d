# SPDX-License-Identifier: BSD-2-Clause
prog := sink-semihosting
src  := ../sink/main.c
sink := semihosting
