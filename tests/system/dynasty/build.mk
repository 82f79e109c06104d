# SPDX-License-Identifier: BSD-2-Clause
prog   := dynasty
src    := main.c images.S
units  := tests/system/grandchild/family.c
uses   := selkie-task selkie-alloc
embeds := tests/system/dynasty/child
