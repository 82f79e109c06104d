# SPDX-License-Identifier: BSD-2-Clause
prog  := sync
src   := main.c crowd.c panics.c
units := tests/system/cap/stage.c tests/cap/scene.c \
         $(addprefix tests/sync/,cases.c crew.c barrier_cases.c condition_cases.c once_cases.c \
                                 priority_cases.c recursive_mutex_cases.c rwlock_cases.c semaphore_cases.c)
units.mcs     := tests/system/cap/stage_mcs.c
units.classic := tests/system/cap/stage_classic.c
uses  := selkie-sync
panic := unwind
