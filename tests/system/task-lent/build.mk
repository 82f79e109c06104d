# SPDX-License-Identifier: BSD-2-Clause
prog   := task-lent
src    := main.c images.S
src.mcs     := passive_mcs.c
src.classic := passive_classic.c
uses   := selkie-task selkie-alloc
embeds := tests/system/process/child
