/*
 * A source for tests: over the root CNode and the largest untyped of a host kernel. It counts
 * what is out, and fails a request that the test names.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/source.h>

#include "host_kernel.h"

struct store {
    struct sk_source source;
    struct host_kernel *kernel;
    seL4_Word slots_out;
    seL4_Word objects_out;
    unsigned requests;
    unsigned fail_at; /* the request that fails, counted from 1; 0: none */
};

struct store store_open(struct host_kernel *k);
