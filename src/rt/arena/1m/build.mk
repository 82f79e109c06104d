# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-arena-1m
src := arena.c
