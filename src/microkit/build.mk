# SPDX-License-Identifier: BSD-2-Clause
# Everything a domain needs, and nothing else. The flags are those of src/rt, whose units they
# are for, too.
lib    := microkit
ipc    := global
needs  := KERNEL_MCS
src    := assert_fail.c call.c channel.c child.c crash.c deferred.c enter.c fault.c faulted.c flush.c \
          irq.c loop.c name.c protected.c restore.c
src.PRINTING    := dbg_print.c crash_print.c
src.no-PRINTING := dbg_none.c crash_none.c
units  := arch/aarch64/microkit/start.S src/sys/ipc_buffer.c src/sys/print_error.c \
          $(addprefix src/rt/,memcmp.c memcpy.c memmove.c memset.c)
cflags := -Os -fno-sanitize=null,alignment,object-size,pointer-overflow
