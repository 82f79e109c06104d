# SPDX-License-Identifier: BSD-2-Clause
src := dtb_test.c elf_test.c fixture.c fuzz_test.c layout_test.c pack_file_test.c pack_test.c packed_test.c
uses := image
ldflags := -lfdt
