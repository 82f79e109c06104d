# SPDX-License-Identifier: BSD-2-Clause
prog  := closures
src   := main.c
uses  := selkie-task
panic := unwind
stack := 64k
