/*
 * What tests/system/process/child wants.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/rt/grant.h>

#define CHILD_GRANTS(grant) grant(endpoint, questions, 0) grant(notification, ready, 0)
SK_GRANTS(child, CHILD_GRANTS)
