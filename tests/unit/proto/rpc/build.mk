# SPDX-License-Identifier: BSD-2-Clause
src       := rpc_test.c
units     := tests/unit/host_kernel.c tests/unit/host_scene.c src/sys/ipc_buffer.c \
             $(addprefix src/cap/,blueprint.c caller.c caller_mcs.c cspace.c error.c owned.c slot.c text.c) \
             $(addprefix src/proto/rpc/,bytes.c client.c discard.c page.c server.c tame.c) \
             $(addprefix tests/rpc/,call_cases.c cases.c gift_cases.c hostile_cases.c server.c source.c) \
             tests/cap/scene.c
protocols := tests/rpc/probe.xml
uses      := kernel
cflags    := -Ikernel -Itests/unit/host
