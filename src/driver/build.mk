# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-driver
src := pl011.c
