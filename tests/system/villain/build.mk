# SPDX-License-Identifier: BSD-2-Clause
prog   := villain
src    := main.c images.S
uses   := selkie-task selkie-alloc
embeds := tests/system/villain/child
