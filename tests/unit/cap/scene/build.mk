# SPDX-License-Identifier: BSD-2-Clause
src    := scene_test.c
units  := tests/unit/host_kernel.c src/sys/ipc_buffer.c \
          $(addprefix src/cap/,blueprint.c cspace.c error.c slot.c text.c) \
          $(addprefix tests/cap/,cases.c scene.c error_cases.c slot_cases.c blueprint_cases.c)
uses   := kernel
cflags := -Ikernel -Itests/unit/host
