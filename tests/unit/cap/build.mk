# SPDX-License-Identifier: BSD-2-Clause
src    := budget_test.c caller_test.c cspace_test.c error_test.c fault_test.c \
          message_test.c owned_test.c slot_test.c store.c
units  := tests/unit/host_kernel.c src/sys/ipc_buffer.c \
          $(addprefix src/cap/,budget.c caller.c caller_mcs.c cspace.c error.c fault.c fault_print.c \
                               owned.c slot.c text.c)
uses   := kernel
cflags := -Ikernel -Itests/unit/host
