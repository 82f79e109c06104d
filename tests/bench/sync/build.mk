# SPDX-License-Identifier: BSD-2-Clause
prog := bench-sync
src  := main.c free.c pairs.c
uses := selkie-sync
