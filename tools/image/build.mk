# SPDX-License-Identifier: BSD-2-Clause
lib := image
src := dtb.c elf.c layout.c layout_file.c pack.c pack_file.c packed.c problem.c
ldflags := -lfdt
