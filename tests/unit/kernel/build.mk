# SPDX-License-Identifier: BSD-2-Clause
src    := budget_test.c check_test.c cnode_test.c debug_test.c derive_test.c domain_test.c \
          endpoint_test.c hostile_test.c irq_test.c preempt_test.c untyped_test.c vspace_test.c \
          play.c
uses   := kernel
cflags := -Ikernel
