# SPDX-License-Identifier: BSD-2-Clause
prog := cap
src  := main.c stage.c target_cases.c
src.mcs     := stage_mcs.c
src.classic := stage_classic.c
units := $(addprefix tests/cap/,cases.c scene.c error_cases.c slot_cases.c blueprint_cases.c \
                                message_cases.c message_end_cases.c message_way_cases.c fault_cases.c \
                                mutex_cases.c)
units.mcs     := tests/cap/cases_mcs.c tests/cap/timeout_cases.c
units.classic := tests/cap/cases_classic.c
