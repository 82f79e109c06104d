# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-driver
src := alarms.c arm_timer.c irq.c pl011.c
ipc := user global
