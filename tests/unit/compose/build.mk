# SPDX-License-Identifier: BSD-2-Clause
src  := compose_test.c fuzz_test.c refuse_boot_test.c refuse_memory_test.c refuse_program_test.c \
        scene.c
uses := compose compose-lower compose-show compose-model compose-sdf image base
pkgs := jansson expat
