/* SPDX-License-Identifier: BSD-2-Clause */
#include "cases.h"

const struct scene_case scene_cases[] = {ERROR_CASES(ENTRY) SLOT_CASES(ENTRY) BLUEPRINT_CASES(
    ENTRY) MESSAGE_CASES(ENTRY) FAULT_CASES(ENTRY) MUTEX_CASES(ENTRY)};
const unsigned scene_case_count = sizeof(scene_cases) / sizeof(scene_cases[0]);
