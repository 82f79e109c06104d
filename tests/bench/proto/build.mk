# SPDX-License-Identifier: BSD-2-Clause
prog := bench-proto
src  := main.c loop.c rings.c
src.mcs     := raw_mcs.c
src.classic := raw_classic.c
uses := selkie-proto
