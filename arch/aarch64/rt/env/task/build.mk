# SPDX-License-Identifier: BSD-2-Clause
lib   := selkie-env-task
units := arch/aarch64/rt/env/stacked_entry.S
ipc := user global
