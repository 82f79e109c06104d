# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-task
ipc := user global
src := elf.c elf_needs.c elf_problem.c \
       parent.c process.c process_load.c process_objects.c process_print.c process_space.c restart.c \
       stack_top.c supervisor.c \
       thread.c thread_pool.c
src.mcs     := process_mcs.c thread_mcs.c
src.classic := process_classic.c thread_classic.c
src.DEBUG_BUILD    := process_name.c
src.no-DEBUG_BUILD := process_no_name.c
