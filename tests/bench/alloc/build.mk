# SPDX-License-Identifier: BSD-2-Clause
prog := bench-alloc
src  := main.c manager.c slots.c
uses := selkie-alloc
