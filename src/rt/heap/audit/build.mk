# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-heap-audit
src := audit.c
# As the heaps it is for.
cflags := -fno-sanitize=undefined
