# SPDX-License-Identifier: BSD-2-Clause
lib := selkie
src := machine.c trap.c entry.S
