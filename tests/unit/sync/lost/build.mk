# SPDX-License-Identifier: BSD-2-Clause
src    := lost_test.c planted.c
units  := tests/unit/host_kernel.c tests/unit/host_scene.c tests/unit/schedules.c \
          src/sys/ipc_buffer.c src/cap/mutex.c src/cap/blueprint.c src/cap/slot.c \
          src/sync/condition.c src/sync/gate.c tests/cap/scene.c tests/sync/crew.c
uses   := kernel
cflags := -Ikernel -Itests/unit/host -fsanitize-coverage=trace-pc
