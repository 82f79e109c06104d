# SPDX-License-Identifier: BSD-2-Clause
prog   := spawn
src    := main.c load.c images.S
embeds := tests/system/spawn/child tests/system/spawn/domain
src.mcs     := time_mcs.c
src.classic := time_classic.c
