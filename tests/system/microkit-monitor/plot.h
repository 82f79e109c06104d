/*
 * Channels, and labels of calls.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

enum { TO_SERVER = 1, TO_FAULT = 8, OTHER = 7 };

/* Another domain's notification, in a slot of the waiter's. */
enum { NOT_ITS_OWN = 60 };

enum { ASK_TO_FAULT = 1, ASK_TO_ANSWER = 2, ANSWER = 3 };
