# SPDX-License-Identifier: BSD-2-Clause
system  := compose-donated.system
domains := $(addprefix tests/system/compose-donated/,parent kid idle server other director)
needs   := KERNEL_MCS
