# SPDX-License-Identifier: BSD-2-Clause
prog := sink-own
src  := main.c
sink := own
