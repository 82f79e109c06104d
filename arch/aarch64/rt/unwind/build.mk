# SPDX-License-Identifier: BSD-2-Clause
lib := selkie-unwind
src := fault_entry.S frame.S
ipc := user global
