# SPDX-License-Identifier: BSD-2-Clause
prog := cap
src  := main.c stage.c
src.mcs     := stage_mcs.c
src.classic := stage_classic.c
units := tests/cap/cases.c tests/cap/scene.c tests/cap/error_cases.c \
         tests/cap/slot_cases.c tests/cap/blueprint_cases.c
