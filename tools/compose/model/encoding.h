/*
 * What the files of the encoder share.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "encode.h"

/* A growing array of bytes, in the model's arena. */
struct bytes {
    uint8_t *data;
    uint64_t size;
    uint64_t capacity;
};

struct encoding {
    struct sk_model *model;
    const struct sk_encode_options *options;
    struct bytes table[SK_SPEC_TABLE_COUNT];
    uint32_t record_count[SK_SPEC_TABLE_COUNT];
    uint32_t *first;   /* of each object of the model: the number of its first made one */
    uint32_t *handed;  /* of each: so many frames at its start are blob pages */
    uint32_t **page;   /* of each, and each of these frames: its blob page, or SK_SPEC_NONE */
    uint32_t *irq;     /* of each: its record among interrupts */
    bool *is_straight; /* of each: made in a component's CNode, and has no number */
    uint32_t object_count;
    bool *starts_group;  /* of each number */
    struct bytes pages;  /* that are handed over */
    struct bytes copies; /* that are copied from */
    uint32_t shared_page_count;
};

/* Append size bytes, or zeros if data is NULL, and return where they are. */
uint64_t encode_bytes(struct encoding *e, struct bytes *to, const void *data, uint64_t size);

/* Append a record to a table. */
void encode_record(struct encoding *e, enum sk_spec_table table, const void *record,
                   uint64_t size);

/* The number of an object; it has one. */
uint32_t encode_number(const struct encoding *e, uint32_t object);

/* What frame index of an object is: the kind of source, and its number. */
enum sk_spec_source encode_frame(const struct encoding *e, uint32_t object, uint32_t index,
                                 uint32_t *ret_number);

void encode_objects(struct encoding *e);
void encode_contents(struct encoding *e); /* decides what is handed over: before objects */
void encode_maps(struct encoding *e);
void encode_irqs(struct encoding *e);
void encode_caps(struct encoding *e);
void encode_threads(struct encoding *e);
void encode_handovers(struct encoding *e);
void encode_schedule(struct encoding *e);
