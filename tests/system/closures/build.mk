# SPDX-License-Identifier: BSD-2-Clause
prog  := closures
src   := main.c
units := tests/unit/task/process/failing.c
uses  := selkie-task
panic := unwind
stack := 64k
