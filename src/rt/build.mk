# SPDX-License-Identifier: BSD-2-Clause
lib := selkie
src := assert_fail.c elf.c exit.c stack.c start.c tls.c \
       format.c format_buffer.c printf.c puts.c \
       backtrace.c catch.c no_unwind.c panic.c panic_plain.c panic_print.c stack_protector.c \
       memcmp.c memcpy.c memmove.c memset.c \
       fault.c fault_print.c
src.mcs     := fault_mcs.c
src.classic := fault_classic.c
