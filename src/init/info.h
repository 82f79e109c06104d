/*
 * An info page: struct seL4_BootInfo of a kernel with MCS and 64-bit words, as far as it is
 * written. perform.c holds it against the kernel's header.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#define INIT_INFO_UNTYPEDS 230

struct init_info_range {
    uint64_t start;
    uint64_t end;
};

struct init_info_untyped {
    uint64_t paddr;
    uint8_t size_bits;
    uint8_t is_device;
    uint8_t padding[6];
};

struct init_info {
    uint64_t unused_0[5];
    struct init_info_range empty;
    struct init_info_range shared_frames;
    struct init_info_range image_frames;
    uint64_t unused_88[6];
    uint64_t cnode_bits;
    uint64_t domain;
    struct init_info_range sched_control;
    struct init_info_range untyped;
    struct init_info_untyped untyped_list[INIT_INFO_UNTYPEDS];
};
