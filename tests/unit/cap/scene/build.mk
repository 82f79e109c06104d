# SPDX-License-Identifier: BSD-2-Clause
src    := scene_test.c
units  := tests/unit/host_kernel.c tests/unit/host_scene.c src/sys/ipc_buffer.c \
          $(addprefix src/cap/,blueprint.c caller.c caller_mcs.c cspace.c error.c fault.c \
                               fault_print.c mutex.c slot.c text.c) \
          $(addprefix tests/cap/,cases.c cases_mcs.c scene.c error_cases.c slot_cases.c \
                                 blueprint_cases.c message_cases.c message_end_cases.c \
                                 message_way_cases.c fault_cases.c mutex_cases.c timeout_cases.c)
uses   := kernel
cflags := -Ikernel -Itests/unit/host
