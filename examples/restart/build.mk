# SPDX-License-Identifier: BSD-2-Clause
system  := restart.system
domains := $(addprefix examples/restart/,keeper worker fragile)
needs   := KERNEL_MCS
