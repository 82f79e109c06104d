# SPDX-License-Identifier: BSD-2-Clause
system  := hello-domain.system
domains := examples/hello-domain/hello
needs   := KERNEL_MCS
