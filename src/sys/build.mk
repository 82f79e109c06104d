# SPDX-License-Identifier: BSD-2-Clause
lib := selkie
src := bootinfo.c ipc_buffer.c print_error.c
