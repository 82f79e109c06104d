# SPDX-License-Identifier: BSD-2-Clause
system  := compose-large.system
domains := tests/system/compose-large/filler
needs   := KERNEL_MCS
