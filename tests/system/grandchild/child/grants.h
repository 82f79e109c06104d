/*
 * What tests/system/grandchild/child wants.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/rt/grant.h>

#define PARENT_GRANTS(grant) grant(untyped, memory, 20) grant(notification, ready, 0)
SK_GRANTS(parent, PARENT_GRANTS)
