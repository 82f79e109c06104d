# SPDX-License-Identifier: BSD-2-Clause
prog := selkie
src := cmd_compose.c cmd_doctor.c cmd_graph.c cmd_help.c cmd_image.c cmd_run.c cmd_size.c cmd_symbolize.c \
       console.c description.c inputs.c limits.c main.c note.c options.c qemu.c sdk.c session.c symbols.c \
       terminal.c
units := src/task/elf.c src/task/elf_needs.c src/task/elf_problem.c
uses := compose-front compose compose-lower compose-show compose-model compose-sdf cli base image
pkgs := jansson libdw
ldflags := -lfdt
