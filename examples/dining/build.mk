# SPDX-License-Identifier: BSD-2-Clause
prog := dining
src  := main.c table.c ways.c
uses := selkie-sync
