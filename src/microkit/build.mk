# SPDX-License-Identifier: BSD-2-Clause
# The loop and the calls, for domains on our runtime: its parts (heaps, TLS, unwinding) are then
# chosen as any program chooses them. What a domain has without it is in alone/.
lib    := selkie-microkit
ipc    := global
needs  := KERNEL_MCS
src    := assert_fail.c call.c channel.c child.c crash.c deferred.c enter.c fault.c \
          flush.c irq.c loop.c name.c protected.c restore.c
src.PRINTING    := dbg_print.c crash_print.c
src.no-PRINTING := dbg_none.c crash_none.c
units  := arch/aarch64/microkit/start.S
cflags := -Os -fno-sanitize=null,alignment,object-size,pointer-overflow
