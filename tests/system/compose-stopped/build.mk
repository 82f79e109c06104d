# SPDX-License-Identifier: BSD-2-Clause
system  := compose-stopped.system
domains := $(addprefix tests/system/compose-stopped/,parent kid server)
needs   := KERNEL_MCS
