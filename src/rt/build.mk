# SPDX-License-Identifier: BSD-2-Clause
lib := selkie
src := assert_fail.c exit.c stack.c start.c tls.c \
       format.c format_buffer.c printf.c puts.c \
       panic.c panic_plain.c stack_protector.c \
       memcmp.c memcpy.c memmove.c memset.c \
       fault.c fault_print.c
src.mcs     := fault_mcs.c
src.classic := fault_classic.c
