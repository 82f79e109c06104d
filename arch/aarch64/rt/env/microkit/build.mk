# SPDX-License-Identifier: BSD-2-Clause
lib   := selkie-env-microkit
ipc   := global
units := arch/aarch64/rt/env/stacked_entry.S
