# SPDX-License-Identifier: BSD-2-Clause
system  := compose-grants.system
domains := $(addprefix tests/system/compose-grants/,owner listener)
needs   := KERNEL_MCS
