# SPDX-License-Identifier: BSD-2-Clause
lib := selkie
src := owned.c
