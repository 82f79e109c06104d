# SPDX-License-Identifier: BSD-2-Clause
prog   := child
src    := main.c images.S
env    := task
uses   := selkie-task selkie-alloc
embeds := tests/system/grandchild/child
