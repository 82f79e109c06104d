# SPDX-License-Identifier: BSD-2-Clause
prog   := isolation
src    := main.c images.S
uses   := selkie-task
embeds := tests/system/process/child
