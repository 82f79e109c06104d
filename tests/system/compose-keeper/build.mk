# SPDX-License-Identifier: BSD-2-Clause
system  := compose-keeper.system
domains := $(addprefix tests/system/compose-keeper/,parent kid server director)
needs   := KERNEL_MCS
