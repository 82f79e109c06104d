# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-task
src := elf.c elf_needs.c elf_problem.c
