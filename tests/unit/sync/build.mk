# SPDX-License-Identifier: BSD-2-Clause
src    := cases_test.c shared_test.c budget_test.c
units  := tests/unit/host_kernel.c tests/unit/host_scene.c src/sys/ipc_buffer.c src/cap/mutex.c \
          src/cap/blueprint.c src/cap/slot.c \
          $(addprefix src/sync/,barrier.c condition.c gate.c once.c rwlock.c) \
          tests/cap/scene.c \
          $(addprefix tests/sync/,cases.c crew.c barrier_cases.c condition_cases.c once_cases.c \
                                  priority_cases.c recursive_mutex_cases.c rwlock_cases.c semaphore_cases.c)
uses   := kernel
cflags := -Ikernel -Itests/unit/host -fsanitize-coverage=trace-pc
