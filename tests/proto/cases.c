/* SPDX-License-Identifier: BSD-2-Clause */
#include "cases.h"

const struct scene_case proto_cases[] = {EVENT_CASES(ENTRY) MESSAGE_CASES(ENTRY)
                                             COROUTINE_CASES(ENTRY)};
const unsigned proto_case_count = sizeof(proto_cases) / sizeof(proto_cases[0]);
