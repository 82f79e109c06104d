# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-stack-64k
src := stack.c
