# SPDX-License-Identifier: BSD-2-Clause
system  := compose-bare.system
domains := $(addprefix tests/system/compose-bare/,bare client)
needs   := KERNEL_MCS
