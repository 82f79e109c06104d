# SPDX-License-Identifier: BSD-2-Clause
prog   := differential
src    := main.c ground.c player.c coverage.c
units  := $(addprefix tests/differential/,session.c stage.c actor.c draft.c operation.c \
          recipe.c scene.c budget.c trace.c) src/sys/ipc_buffer.c
uses   := kernel
cflags := -Ikernel -Itests/differential
