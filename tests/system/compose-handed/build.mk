# SPDX-License-Identifier: BSD-2-Clause
system  := compose-handed.system
domains := tests/system/compose-handed/keeper
needs   := KERNEL_MCS EXPORT_PTMR_USER
