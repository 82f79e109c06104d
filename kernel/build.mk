# SPDX-License-Identifier: BSD-2-Clause
src    := core/boot.c core/boot_memory.c core/budget.c core/check.c core/check_mappings.c \
          core/check_objects.c core/check_scheduler.c core/cspace.c core/debug.c core/delete.c \
          core/derive.c core/domain.c core/error.c core/fastpath.c core/fault.c core/invoke.c \
          core/ipc.c core/sched.c core/snapshot.c core/syscall.c core/vspace.c \
          object/asid.c object/cnode.c object/domain.c object/endpoint.c object/irq.c \
          object/notification.c object/reply.c object/sched_context.c object/tcb.c \
          object/tcb_configure.c object/untyped.c object/vspace.c \
          platform/gicv2.c platform/pl011.c platform/qemu_arm_virt.c
needs  := KERNEL_MCS !ARM_HYPERVISOR_SUPPORT !ENABLE_SMP_SUPPORT !HARDWARE_DEBUG_API \
          !ALLOW_SMC_CALLS !ENABLE_BENCHMARKS
cflags := -Ikernel -mgeneral-regs-only -fno-asynchronous-unwind-tables -Wfatal-errors
