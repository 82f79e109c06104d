/*
 * Several objects from a source: at once if it can, or one by one.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/source.h>

/* Make an object in each slot; all or none. */
sk_err sk_objects_make(struct sk_source *source, sk_blueprint what, sk_slots into);

/* Free what one call of sk_objects_make() made. */
void sk_objects_free(struct sk_source *source, sk_blueprint what, sk_slots at);
