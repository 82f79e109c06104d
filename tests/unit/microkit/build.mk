# SPDX-License-Identifier: BSD-2-Clause
src    := abi_test.c decide_test.c report_test.c tables_test.c sample.c spoken.c
units  := $(addprefix src/microkit/monitor/,backtrace.c decide.c place.c report.c tables.c) \
          src/cap/fault.c src/cap/fault_print.c src/cap/error.c src/cap/text.c \
          src/sys/ipc_buffer.c \
          arch/aarch64/rt/trap.c
cflags := -Iarch/aarch64/include
