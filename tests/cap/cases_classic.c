/* SPDX-License-Identifier: BSD-2-Clause */
#include "cases.h"

const struct scene_case scene_more_cases[] = {{NULL, NULL}};
const unsigned scene_more_case_count = 0;
