/* SPDX-License-Identifier: BSD-2-Clause */
#include "cases.h"

const struct scene_case scene_more_cases[] = {TIMEOUT_CASES(ENTRY)};
const unsigned scene_more_case_count = sizeof(scene_more_cases) / sizeof(scene_more_cases[0]);
