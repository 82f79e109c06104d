/*
 * A specification, record by record, for tests.
 *
 *     struct builder b = builder_start(&platform);
 *     uint32_t tcb = builder_group(&b, SK_SPEC_TCB, 0, 2);
 *     struct sk_spec_thread *t = builder_add(&b, SK_SPEC_THREADS);
 *     builder_end(&b, memory, sizeof(memory));
 *
 * Records are added in the order that the format wants. No libc is needed, so the target builds
 * specifications as well. What does not fit stops the program.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#include <selkie/init/spec.h>

#define BUILDER_TABLE 0x4000 /* bytes of a table, at most */
#define BUILDER_PAGES 64

struct builder {
    struct sk_spec header;
    _Alignas(8) uint8_t records[SK_SPEC_TABLE_COUNT][BUILDER_TABLE];
    uint8_t blob[BUILDER_PAGES * SK_SPEC_PAGE_SIZE];
};

void builder_start(struct builder *b, const struct sk_spec_platform *platform);

/* A record that is all zero. */
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

/*
 * Write the specification, and the blob pages behind it, to memory of size bytes, aligned to a
 * page. Returns how many bytes that are.
 */
uint64_t builder_end(struct builder *b, void *memory, uint64_t size);
