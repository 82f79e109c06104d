# SPDX-License-Identifier: BSD-2-Clause
prog        := typed-calls
src         := main.c
src.mcs     := time_mcs.c
src.classic := time_classic.c
