/*
 * A host kernel on which specifications are carried out.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/init/execute.h>

#include "../../../src/init/perform.h"
#include "../../init/system.h"
#include "check.h"
#include "host_kernel.h"

/* In the host's RAM, behind what boot takes. */
#define STAGE_PADDR 0x40a00000ull

/* A machine, and what boot leaves on it: the last pages of the image are the blob pages. */
struct stage {
    struct host_kernel kernel;
    struct sk_init in;
};

void stage_boot(struct stage *stage, const struct sk_spec *spec);

/* What executing it will take there, without doing anything. */
sk_err stage_predict(const struct stage *stage, struct sk_init *ret_in);

/* The kernel's state makes sense. */
void stage_check_kernel(void);
