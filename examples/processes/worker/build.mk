# SPDX-License-Identifier: BSD-2-Clause
prog  := worker
src   := main.c
units := examples/processes/child/say.c
env   := task
sink  := own
