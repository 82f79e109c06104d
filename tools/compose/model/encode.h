/*
 * A model as the binary specification that the initialiser carries out, with its blob pages
 * (<selkie/init/spec.h>).
 *
 * Objects of one kind and size become one group, whoever they belong to, so that they are made
 * in few calls. A reply object, which only its domain has, is made in the domain's CNode.
 * Pages that are handed over come in the order in which they are mapped; equal ones that
 * nobody writes are one.
 *
 * encode.c puts the block together, encode_objects.c numbers objects, encode_memory.c has
 * pages and mappings, encode_caps.c capabilities, threads and what is handed over.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/init/spec.h>

#include "model.h"

struct sk_encode_options {
    struct sk_spec_platform platform;
    uint64_t timer_hz; /* ticks of the kernel's timer in a second, for the domain schedule */
};

/* The specification and its blob pages, whole pages each. */
struct sk_encoded {
    uint8_t *data;      /* in the model's arena */
    uint64_t size;      /* bytes */
    uint64_t spec_size; /* of them, the specification's, without what fills its last page */
    uint32_t handed_page_count;
    uint32_t shared_page_count; /* pages that are not there a second time */

    /* For who compares a running system with the model: where its objects are. */
    const uint32_t *number; /* of each object: that of the first, if it has one */
    const uint32_t *handed; /* of each: so many of its frames are blob pages */
    uint32_t *const *page;  /* of each, and each of these frames: its blob page */
};

/* Encode the model. The result is for sk_spec_check() to check. */
void sk_model_encode(struct sk_model *model, const struct sk_encode_options *options,
                     struct sk_encoded *ret_encoded);
