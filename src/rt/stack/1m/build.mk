# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-stack-1m
src := stack.c
