# SPDX-License-Identifier: BSD-2-Clause
system  := compose-many.sh
domains := $(addprefix tests/system/compose-many/,server client)
needs   := KERNEL_MCS
