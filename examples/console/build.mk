# SPDX-License-Identifier: BSD-2-Clause
system  := console.system
domains := $(addprefix examples/console/,serial timer console clock crier)
needs   := KERNEL_MCS
