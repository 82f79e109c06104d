# SPDX-License-Identifier: BSD-2-Clause
system  := compose-answered.system
domains := $(addprefix tests/system/compose-answered/,parent server sleeper client)
needs   := KERNEL_MCS
