# SPDX-License-Identifier: BSD-2-Clause
src    := chaos_test.c planted.c
units  := tests/unit/host_kernel.c tests/unit/host_scene.c tests/unit/schedules.c \
          src/sys/ipc_buffer.c src/cap/blueprint.c src/cap/slot.c tests/cap/scene.c \
          tests/sync/crew.c $(addprefix src/proto/,multi_ring.c ring.c ring_layout.c)
uses   := kernel
cflags := -Ikernel -Itests/unit/host -fsanitize-coverage=trace-pc
