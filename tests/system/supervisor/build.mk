# SPDX-License-Identifier: BSD-2-Clause
prog   := supervisor
src    := main.c images.S
uses   := selkie-task
embeds := tests/system/process/child
