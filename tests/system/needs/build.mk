# SPDX-License-Identifier: BSD-2-Clause
prog   := needs
src    := main.c images.S
units  := tests/unit/task/process/failing.c
uses   := selkie-task
embeds := tests/system/process/child
