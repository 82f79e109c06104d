# SPDX-License-Identifier: BSD-2-Clause
lib := selkie
src := machine.c entry.S
