# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-stack-256k
src := stack.c
