# SPDX-License-Identifier: BSD-2-Clause
prog  := sync
src   := main.c crowd.c panics.c
src.mcs     := ../cap/stage_mcs.c
src.classic := ../cap/stage_classic.c
units := tests/system/cap/stage.c tests/cap/scene.c \
         $(addprefix tests/sync/,cases.c crew.c barrier_cases.c condition_cases.c once_cases.c \
                                 priority_cases.c recursive_mutex_cases.c rwlock_cases.c semaphore_cases.c)
uses  := selkie-sync
panic := unwind
