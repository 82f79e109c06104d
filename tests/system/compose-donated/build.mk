# SPDX-License-Identifier: BSD-2-Clause
system  := compose-donated.system
domains := $(addprefix tests/system/compose-donated/,parent kid server other director)
needs   := KERNEL_MCS
