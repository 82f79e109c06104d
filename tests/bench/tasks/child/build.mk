# SPDX-License-Identifier: BSD-2-Clause
prog  := minimal
src   := main.c
env   := task
sink  := none
panic := abort
