# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-sync
src := barrier.c condition.c gate.c once.c rwlock.c
ipc := user global
