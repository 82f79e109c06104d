/*
 * Is what a kernel holds what the model says? Neither more nor less.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/init/execute.h>

#include "../../../../tools/compose/model/encode.h"

/* A system that was carried out on the host kernel. */
struct carried {
    const struct sk_model *model;
    const struct sk_encoded *encoded;
    const struct sk_init *in;
    unsigned compared_caps; /* slots of CNodes, so that a test sees that some were looked at */
    unsigned compared_pages;
};

/* Each slot of each CNode of the model. Fails the test. */
void compare_caps(struct carried *c);

/* Each entry of the page tables of each VSpace. */
void compare_mappings(struct carried *c);

/* What threads start with. */
void compare_threads(struct carried *c);
