# SPDX-License-Identifier: BSD-2-Clause
src    := fuzz_test.c multi_ring_test.c ring_test.c sddf_test.c
units  := tests/unit/host_kernel.c src/sys/ipc_buffer.c \
          $(addprefix src/proto/,multi_ring.c ring.c ring_layout.c)
uses   := kernel
cflags := -Ikernel -Itests/unit/host
