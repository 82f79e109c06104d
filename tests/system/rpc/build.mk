# SPDX-License-Identifier: BSD-2-Clause
prog  := rpc
src   := main.c
uses  := selkie-proto
units := tests/cap/scene.c tests/system/cap/stage.c \
         $(addprefix tests/rpc/,call_cases.c cases.c gift_cases.c hostile_cases.c server.c source.c)
units.mcs     := tests/system/cap/stage_mcs.c
units.classic := tests/system/cap/stage_classic.c
protocols := tests/rpc/probe.xml
