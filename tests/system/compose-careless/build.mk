# SPDX-License-Identifier: BSD-2-Clause
system  := compose-careless.system
domains := $(addprefix tests/system/compose-careless/,careless ward)
needs   := KERNEL_MCS
