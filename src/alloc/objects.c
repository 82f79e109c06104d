/* SPDX-License-Identifier: BSD-2-Clause */
#include "objects.h"

#include <stddef.h>

static void free_first(struct sk_source *source, sk_blueprint what, sk_slots at,
                       seL4_Word count)
{
    for (seL4_Word n = 0; n < count; n++) {
        source->free_object(source, what, sk_slots_get(at, n));
    }
}

sk_err sk_objects_make(struct sk_source *source, sk_blueprint what, sk_slots into)
{
    if (source->make_objects != NULL && into.count != 1) {
        return source->make_objects(source, what, into);
    }
    for (seL4_Word n = 0; n < into.count; n++) {
        sk_err err = source->make_object(source, what, sk_slots_get(into, n));

        if (err != SK_OK) {
            free_first(source, what, into, n);
            return err;
        }
    }
    return SK_OK;
}

void sk_objects_free(struct sk_source *source, sk_blueprint what, sk_slots at)
{
    if (source->make_objects != NULL && at.count != 1) {
        source->free_objects(source, what, at);
    } else {
        free_first(source, what, at, at.count);
    }
}
