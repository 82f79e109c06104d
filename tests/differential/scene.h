/*
 * Scenes: operations that are worth little unless others come before them, in their order. A
 * page must be mapped before its address space can go, an ASID pool made before it is used.
 *
 * The start of each seed is interspersed with them. They use the region of KIND_SPARE, where
 * other operations seldom meddle.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "actor.h"

/* Whether operation number of a seed is one of a scene: if so, it. */
bool scene_operation(unsigned number, struct command *ret_command);
