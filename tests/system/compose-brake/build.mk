# SPDX-License-Identifier: BSD-2-Clause
system  := compose-brake.system
domains := $(addprefix tests/system/compose-brake/,hasty witness)
needs   := KERNEL_MCS
