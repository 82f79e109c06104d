/* SPDX-License-Identifier: BSD-2-Clause */
#include "cases.h"

const struct scene_case sync_cases[] = {
    SEMAPHORE_CASES(ENTRY) RECURSIVE_MUTEX_CASES(ENTRY) CONDITION_CASES(ENTRY)
        RWLOCK_CASES(ENTRY) ONCE_CASES(ENTRY) BARRIER_CASES(ENTRY) PRIORITY_CASES(ENTRY)};
const unsigned sync_case_count = sizeof(sync_cases) / sizeof(sync_cases[0]);
