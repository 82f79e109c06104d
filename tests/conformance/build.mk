# SPDX-License-Identifier: BSD-2-Clause
prog  := conformance
needs := KERNEL_MCS
fault := none
# Each kernel is asked for the interrupts that the board file says there are.
reads := boards/$(BOARD).json
cflags := -include tests/conformance/framework/counted.h \
          $(shell jq -r '.interrupts | "-DBOARD_IRQ_COUNT=\(.count)", \
              "-DBOARD_KERNEL_IRQS=\(.kernel | map(tostring) | join(","))"' $(reads))
src   := framework/supervisor.c framework/sandbox.c framework/verdict.c framework/arguments.c \
         framework/coverage.c \
         framework/object.c framework/thread.c \
         selftest.c broken.c boot_info.c \
         cnode_copy.c cnode_move.c cnode_delete.c cnode_lookup.c derivation.c deletion.c \
         preemption.c \
         untyped.c untyped_memory.c untyped_limits.c \
         tcb_registers.c tcb_configure.c tcb_schedule.c tcb_run.c \
         domain.c domain_time.c domain_thread.c domain_help.c \
         page.c page_table.c mapping.c asid.c vspace.c vspace_run.c kernel_memory.c vspace_help.c \
         sched_control.c sched_context.c sched_context_time.c sched_budget.c sched_help.c \
         scheduling.c timeout.c donation.c donation_signal.c passive.c fpu.c \
         irq_control.c irq_handler.c irq_trigger.c irq_help.c timer.c debug.c \
         endpoint_send.c endpoint_receive.c endpoint_call.c reply.c message.c message_buffer.c \
         notification.c notification_bound.c cap_transfer.c cap_transfer_errors.c \
         fault.c fault_cap.c fault_handler.c fault_reply.c fault_timeout.c \
         cancellation.c syscalls.c ipc_help.c
check  := conformance
suites := $(call on_each,conformance,sh tests/conformance/run.sh)
