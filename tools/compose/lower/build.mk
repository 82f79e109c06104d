# SPDX-License-Identifier: BSD-2-Clause
lib := compose
src := channel.c domain.c lower.c memory.c patch.c program.c tables.c
