# SPDX-License-Identifier: BSD-2-Clause
src    := execute_test.c compare.c
units  := tests/unit/compose/scene.c tests/unit/init/stage.c tests/unit/host_kernel.c \
          tests/init/builder.c src/sys/ipc_buffer.c src/init/perform.c
uses   := compose compose-lower compose-show compose-model compose-sdf image base kernel
pkgs   := jansson expat
cflags := -Ikernel -Itests/unit/host
