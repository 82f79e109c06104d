# SPDX-License-Identifier: BSD-2-Clause
src   := elf_test.c elf_fuzz_test.c elf_needs_test.c program.c restart_test.c
units := src/task/elf.c src/task/elf_needs.c src/task/elf_problem.c src/task/restart.c
