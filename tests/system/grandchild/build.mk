# SPDX-License-Identifier: BSD-2-Clause
prog   := grandchild
src    := main.c family.c images.S
uses   := selkie-task selkie-alloc
embeds := tests/system/grandchild/child
