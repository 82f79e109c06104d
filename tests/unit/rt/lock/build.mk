# SPDX-License-Identifier: BSD-2-Clause
src   := lock_test.c
units := src/sys/ipc_buffer.c
