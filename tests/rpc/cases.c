/* SPDX-License-Identifier: BSD-2-Clause */
#include "cases.h"

const struct scene_case rpc_cases[] = {CALL_CASES(ENTRY) GIFT_CASES(ENTRY)
                                           HOSTILE_CASES(ENTRY)};
const unsigned rpc_case_count = sizeof(rpc_cases) / sizeof(rpc_cases[0]);
