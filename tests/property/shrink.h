/*
 * Making a failing sequence small: fewer operations, then operations with fewer arguments,
 * while the verdict stays the same.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "verdict.h"

/* s fails with v. It is made as small as some thousand runs allow; returns how many it took. */
unsigned shrink(struct record *r, struct sequence *s, const struct verdict *v);
