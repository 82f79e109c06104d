# SPDX-License-Identifier: BSD-2-Clause
lib := compose-lower
src := channel.c domain.c lower.c memory.c monitor.c patch.c program.c restore.c \
    schedule.c tables.c
