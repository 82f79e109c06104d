# SPDX-License-Identifier: BSD-2-Clause
prog  := child
src   := main.c
env   := task
uses  := selkie-task
