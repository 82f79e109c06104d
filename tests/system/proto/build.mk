# SPDX-License-Identifier: BSD-2-Clause
prog  := proto
src   := main.c million.c
units := tests/system/cap/stage.c tests/cap/scene.c \
         $(addprefix tests/proto/,cases.c coroutine_cases.c event_cases.c message_cases.c stand.c)
units.mcs     := tests/system/cap/stage_mcs.c
units.classic := tests/system/cap/stage_classic.c
uses  := selkie-driver selkie-proto
