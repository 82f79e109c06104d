/*
 * What the domains' files share.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <sel4/sel4.h>

#include "../plan.h"

/* Ask a server: its answer's words are in message registers 0 to 2. */
void ask(enum plan_domain whom, seL4_Word label, seL4_Word word);

/* Start, as its number says, and serve for good. */
void serve(enum plan_domain self);
