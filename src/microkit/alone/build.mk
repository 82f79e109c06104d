# SPDX-License-Identifier: BSD-2-Clause
# libmicrokit as Microkit's users link it: everything a domain needs, and nothing else.
lib    := microkit
ipc    := global
needs  := KERNEL_MCS
src    := enter.c $(addprefix ../,assert_fail.c call.c channel.c child.c crash.c deferred.c \
                                  fault.c flush.c irq.c loop.c name.c protected.c restore.c)
src.PRINTING    := ../dbg_print.c ../crash_print.c
src.no-PRINTING := ../dbg_none.c ../crash_none.c
units  := arch/aarch64/microkit/start.S $(addprefix src/sys/,ipc_buffer.c print_error.c) \
          $(addprefix src/rt/,memcmp.c memcpy.c memmove.c memset.c)
cflags := -Os -fno-sanitize=null,alignment,object-size,pointer-overflow \
          -fno-exceptions -fno-asynchronous-unwind-tables
