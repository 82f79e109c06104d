# SPDX-License-Identifier: BSD-2-Clause
system  := compose-full.sh
domains := tests/system/compose-full/member
needs   := KERNEL_MCS
