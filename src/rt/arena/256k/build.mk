# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-arena-256k
src := arena.c
