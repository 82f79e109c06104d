# SPDX-License-Identifier: BSD-2-Clause
src    := alarms_test.c arm_timer_test.c irq_test.c pl011_test.c pl011_model.c timer_model.c
units  := tests/unit/host_kernel.c tests/unit/cap/store.c src/sys/ipc_buffer.c \
          $(addprefix src/driver/,alarms.c arm_timer.c irq.c pl011.c)
uses   := kernel
cflags := -Ikernel -Itests/unit/host -Itests/unit/cap
