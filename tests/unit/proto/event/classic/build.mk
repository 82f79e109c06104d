# SPDX-License-Identifier: BSD-2-Clause
src     := classic_test.c
units   := tests/unit/host_kernel.c tests/unit/host_scene.c src/sys/ipc_buffer.c \
           $(addprefix src/cap/,blueprint.c caller.c caller_mcs.c error.c fault.c slot.c text.c) \
           $(addprefix src/proto/,coroutine.c event_loop.c event_loop_classic.c) \
           tests/cap/scene.c $(addprefix tests/proto/,cases.c coroutine_cases.c event_cases.c message_cases.c stand.c) \
           tests/unit/proto/event/calls.c tests/unit/proto/event/cases.c
uses    := kernel
cflags  := -Ikernel -Itests/unit/host
ldflags := -Wl,--wrap=sk_host_svc
