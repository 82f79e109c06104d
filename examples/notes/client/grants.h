/*
 * What a client of the notes is started with.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/rt/grant.h>

#define CLIENT_GRANTS(grant) grant(endpoint, notes, 0)
SK_GRANTS(client, CLIENT_GRANTS)
