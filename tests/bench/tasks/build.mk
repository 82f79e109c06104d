# SPDX-License-Identifier: BSD-2-Clause
prog   := bench-tasks
src    := main.c images.S
uses   := selkie-task selkie-alloc
embeds := tests/bench/tasks/child
fault  := none
# Built as libraries are: what is measured is theirs.
cflags := -ftrivial-auto-var-init=uninitialized -fno-stack-protector
