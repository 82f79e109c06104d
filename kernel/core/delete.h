/*
 * Deletion: what happens to objects when capabilities to them go.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "core/kernel.h"

/*
 * Delete the capability in s, which may be empty. If it was the last one to its object, that is
 * destroyed; a container is emptied first, and so are the containers that only it held, except
 * that those are left unreachable instead of going deeper and deeper (the manual, 3.2).
 *
 * False: an interrupt is pending, and there is more to delete (preempt.h). What is left of a
 * container is a zombie capability, with which deleting goes on.
 */
[[nodiscard]] bool sk_kdelete(struct kernel *k, struct slot *s);

/* Delete the capability in s, which names no container. */
void sk_kdelete_plain(struct kernel *k, struct slot *s);

/* Delete everything derived from s. */
[[nodiscard]] bool sk_krevoke(struct kernel *k, struct slot *s);
