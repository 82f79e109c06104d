# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-proto
src := bytes.c client.c discard.c page.c server.c tame.c
ipc := user global
# What is left out costs as much as copying, and what it would find faults: sizes are checked first.
cflags := -fno-sanitize=null,alignment,object-size,pointer-overflow
