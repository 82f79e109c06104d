# SPDX-License-Identifier: BSD-2-Clause
src    := chaos_test.c attack.c lanes.c pair.c planted.c
units  := tests/unit/host_kernel.c tests/unit/host_scene.c tests/unit/schedules.c \
          src/sys/ipc_buffer.c src/cap/blueprint.c src/cap/slot.c tests/cap/scene.c \
          tests/sync/crew.c \
          $(addprefix src/cap/,caller.c caller_mcs.c error.c fault.c text.c) \
          $(addprefix src/proto/,coroutine.c event_loop.c event_loop_mcs.c multi_ring.c ring.c \
                                 ring_layout.c)
uses   := kernel
cflags := -Ikernel -Itests/unit/host -fsanitize-coverage=trace-pc
