# SPDX-License-Identifier: BSD-2-Clause
prog  := spinner
src   := main.c
units := examples/processes/child/say.c
env   := task
sink  := own
