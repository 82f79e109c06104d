# SPDX-License-Identifier: BSD-2-Clause
lib := image
src := dtb.c elf.c layout.c pack.c problem.c
ldflags := -lfdt
