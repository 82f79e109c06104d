# SPDX-License-Identifier: BSD-2-Clause
src := domain_test.c extension_test.c fixture.c fuzz_test.c link_test.c memory_test.c number_test.c \
    sizes_test.c x86_test.c
uses := compose-sdf base
