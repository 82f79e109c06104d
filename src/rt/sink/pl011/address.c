/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/rt/sink.h>

/* QEMU's virt machine has it there. */
const uintptr_t sk_sink_pl011_address = 0x9000000;
