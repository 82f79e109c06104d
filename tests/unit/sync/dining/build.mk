# SPDX-License-Identifier: BSD-2-Clause
src    := dining_test.c
units  := tests/unit/host_kernel.c tests/unit/host_scene.c tests/unit/schedules.c \
          src/sys/ipc_buffer.c src/cap/mutex.c src/cap/blueprint.c src/cap/slot.c \
          $(addprefix src/sync/,barrier.c condition.c gate.c once.c) \
          tests/cap/scene.c tests/sync/crew.c examples/dining/ways.c
uses   := kernel
cflags := -Ikernel -Itests/unit/host -fsanitize-coverage=trace-pc
