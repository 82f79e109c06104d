# SPDX-License-Identifier: BSD-2-Clause
system  := compose-wrong.system
domains := $(addprefix tests/system/compose-wrong/,scribbler stray server walker)
needs   := KERNEL_MCS
