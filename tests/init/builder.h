/*
 * A specification, record by record, for tests.
 *
 *     struct builder b = builder_start(&platform);
 *     uint32_t tcb = builder_group(&b, SK_SPEC_TCB, 0, 2);
 *     struct sk_spec_thread *t = builder_add(&b, SK_SPEC_THREADS);
 *     struct sk_spec *spec = builder_end(&b);      // free()
 *
 * Records are added in the order that the format wants. Memory is never short here.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/init/spec.h>

struct builder {
    struct sk_spec header;
    uint8_t *records[SK_SPEC_TABLE_COUNT];
    uint8_t *blob;
    uint64_t size; /* after builder_end(): of specification and blob pages */
};

/* The development kernel's platform, as skgen's default configuration has it. */
extern const struct sk_spec_platform builder_platform;

struct builder builder_start(const struct sk_spec_platform *platform);

/* A record that is all zero. It stays where it is until the next one of the table is added. */
void *builder_add(struct builder *b, enum sk_spec_table table);

/* A group of objects in the initialiser's CNode, anywhere; returns the first one's number. */
uint32_t builder_group(struct builder *b, enum sk_spec_type type, unsigned size_bits,
                       uint32_t count);
/* The same at an address. */
uint32_t builder_group_at(struct builder *b, enum sk_spec_type type, unsigned size_bits,
                          uint32_t count, uint64_t paddr, unsigned flags);
/* Objects made straight in a CNode. */
void builder_group_in(struct builder *b, enum sk_spec_type type, unsigned size_bits,
                      uint32_t count, uint32_t cnode, uint32_t slot);

/* A blob page with these contents; handed pages come first. Returns its number. */
uint32_t builder_page(struct builder *b, const void *contents, uint32_t size);

uint32_t builder_name(struct builder *b, const char *name);

/* A thread with the numbers that may be missing set to SK_SPEC_NONE. */
struct sk_spec_thread *builder_thread(struct builder *b);

/* The specification, aligned to a page, and the blob pages behind it. */
struct sk_spec *builder_end(struct builder *b);
