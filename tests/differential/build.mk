# SPDX-License-Identifier: BSD-2-Clause
prog  := differential
needs := KERNEL_MCS
src   := main.c arguments.c session.c ground.c stage.c actor.c draft.c operation.c recipe.c \
         scene.c budget.c trace.c stub.S
