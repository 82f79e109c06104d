# SPDX-License-Identifier: BSD-2-Clause
prog  := proto
src   := main.c million.c
src.mcs     := ../cap/stage_mcs.c
src.classic := ../cap/stage_classic.c
units := tests/system/cap/stage.c tests/cap/scene.c \
         $(addprefix tests/proto/,cases.c coroutine_cases.c event_cases.c message_cases.c stand.c)
uses  := selkie-driver selkie-proto
