# SPDX-License-Identifier: BSD-2-Clause
prog  := bench-rpc
src   := main.c server.c
units := examples/root-task/memory.c examples/root-task/thread.c tests/bench/calls/servers.c
uses  := selkie-proto
needs := KERNEL_MCS
protocols := tests/bench/rpc/adder.xml
cflags    := -Iexamples/root-task -Itests/bench/calls
