# SPDX-License-Identifier: BSD-2-Clause
prog   := processes
src    := main.c machine.c console.c line.c jobs.c commands.c programs.c images.S
uses   := selkie-driver selkie-task selkie-alloc
embeds := $(addprefix examples/processes/,greeter spinner worker)
