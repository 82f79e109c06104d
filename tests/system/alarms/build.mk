# SPDX-License-Identifier: BSD-2-Clause
prog := alarms
src  := main.c
uses := selkie-driver
