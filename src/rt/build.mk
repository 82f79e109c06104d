# SPDX-License-Identifier: BSD-2-Clause
lib := selkie
src := assert_fail.c elf.c exit.c stack.c start.c tls.c \
       format.c format_buffer.c printf.c puts.c \
       backtrace.c catch.c no_unwind.c panic.c panic_plain.c panic_print.c stack_protector.c \
       memcmp.c memcpy.c memmove.c memset.c \
       abort.c args.c atexit.c boot_source.c call_main.c entropy_root.c env_root.c exit_c.c \
       exit_now.c exit_root.c \
       heap_arena.c image.c lock.c main.c sel4runtime.c sel4runtime_exit.c start_run.c thread.c thread_first.c \
       fault.c fault_print.c ubsan.c
src.mcs     := env_mcs.c fault_mcs.c thread_mcs.c
src.classic := env_classic.c fault_classic.c thread_classic.c
src.DEBUG_BUILD    := thread_name.c
src.no-DEBUG_BUILD := thread_no_name.c
# Small before fast: a program pays for all of its start. The checks that are left out cost most,
# and what they would find faults, or is found by the others.
cflags := -Os -fno-sanitize=null,alignment,object-size,pointer-overflow
