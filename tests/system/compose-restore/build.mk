# SPDX-License-Identifier: BSD-2-Clause
system  := compose-restore.system
domains := $(addprefix tests/system/compose-restore/,parent kid server client)
needs   := KERNEL_MCS
