# SPDX-License-Identifier: BSD-2-Clause
system  := client-server.system
domains := $(addprefix examples/client-server/,client server watcher)
needs   := KERNEL_MCS
