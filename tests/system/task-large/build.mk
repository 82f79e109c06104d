# SPDX-License-Identifier: BSD-2-Clause
prog   := task-large
src    := main.c images.S
uses   := selkie-task selkie-alloc
embeds := tests/system/task-large/child
