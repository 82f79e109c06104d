/*
 * Reading descriptions out of strings, for boards that exist only here.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../../../tools/compose/sdf/sdf.h"

struct reading {
    struct arena arena;
    struct source source;
    struct diag diag;
    struct sk_system *system; /* NULL after errors */
};

/* An Arm board: 2 GiB of RAM at 1 GiB, devices below and above, one core, 16 domains. */
extern const struct sk_sdf_limits arm_limits;
/* The same with hypervisor, secure monitor calls and four cores, and so without domains. */
extern const struct sk_sdf_limits hypervisor_limits;
/* An x86 machine with all that it can have; nothing is known of its memory. */
extern const struct sk_sdf_limits x86_limits;

/* Read a description; reading_fini() ends it. */
struct reading *reading_start(const char *text, const struct sk_sdf_limits *limits);
/* The same of what is between <system ...> and </system>, with our prefix; it must be good. */
struct reading *reading_good(const char *body, const struct sk_sdf_limits *limits);
void reading_fini(struct reading *r);

/* All that was said, in one text of the arena. */
const char *reading_said(struct reading *r);

/* Reading body must end with errors, of which one says this. */
void expect_error(const char *body, const struct sk_sdf_limits *limits, const char *words);
