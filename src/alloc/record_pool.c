/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/alloc/record_pool.h>

#include <stdint.h>

#include <selkie/base/assert.h>
#include <selkie/rt/string.h>

/* The lists of chunks. Those of the caller's are never in UNUSED. */
enum { PARTLY, UNUSED, FULL };

struct record {
    struct record *next;
    uintptr_t mark; /* while it is free: says so */
};

/* The start of a chunk. Records follow at its end, the first at a multiple of 32. */
struct sk_record_chunk {
    struct sk_record_chunk *next;
    struct sk_record_chunk **link; /* what points to this one */
    struct record *free;
    unsigned free_count;
    unsigned list;
    bool is_taken; /* from the source */
};

#define HEADER 64
_Static_assert(sizeof(struct sk_record_chunk) <= HEADER, "records follow it");

static seL4_Word records_of_chunk(const struct sk_record_pool *p)
{
    return (SK_RECORD_CHUNK - HEADER) / p->record_size;
}

static struct sk_record_chunk *chunk_of(const void *record)
{
    return (struct sk_record_chunk *)((uintptr_t)record & ~(uintptr_t)(SK_RECORD_CHUNK - 1));
}

static uintptr_t mark_of(const struct record *r)
{
    return ~(uintptr_t)r ^ 0x5e1c1e;
}

static void unlink_chunk(struct sk_record_chunk *c)
{
    *c->link = c->next;
    if (c->next != NULL) {
        c->next->link = c->link;
    }
}

static void link_chunk(struct sk_record_pool *p, struct sk_record_chunk *c)
{
    c->list = c->free_count == 0                                    ? FULL
              : c->is_taken && c->free_count == records_of_chunk(p) ? UNUSED
                                                                    : PARTLY;
    c->link = &p->chunks[c->list];
    c->next = *c->link;
    if (c->next != NULL) {
        c->next->link = &c->next;
    }
    *c->link = c;
}

/* After free_count has changed by one. */
static void relink(struct sk_record_pool *p, struct sk_record_chunk *c)
{
    seL4_Word most = records_of_chunk(p);

    if (c->list != PARTLY || c->free_count == 0 || c->free_count == most) {
        unlink_chunk(c);
        link_chunk(p, c);
    }
}

static void put(struct sk_record_chunk *c, struct record *r)
{
    r->next = c->free;
    r->mark = mark_of(r);
    c->free = r;
    c->free_count++;
}

static void add(struct sk_record_pool *p, void *chunk, bool is_taken)
{
    struct sk_record_chunk *c = (struct sk_record_chunk *)chunk;
    char *end = (char *)chunk + SK_RECORD_CHUNK;

    sk_require(((uintptr_t)chunk & (SK_RECORD_CHUNK - 1)) == 0);
    *c = (struct sk_record_chunk){.is_taken = is_taken};
    for (seL4_Word n = 1; n <= records_of_chunk(p); n++) {
        put(c, (struct record *)(void *)(end - n * p->record_size));
    }
    p->free_count += c->free_count;
    link_chunk(p, c);
}

void sk_record_pool_init(struct sk_record_pool *p, size_t record_size, struct sk_source *source)
{
    sk_require(record_size % 32 == 0 && record_size >= 32 && record_size <= 1024);
    *p = (struct sk_record_pool){.source = source, .record_size = record_size};
}

/* A chunk that is in no list, and whose records are not counted. */
static void give_chunk(struct sk_record_pool *p, struct sk_record_chunk *c)
{
    p->chunk_count--;
    p->source->give_pages(p->source, (uintptr_t)c, 1);
}

void sk_record_pool_fini(struct sk_record_pool *p)
{
    p->is_changing = true;
    for (unsigned list = PARTLY; list <= FULL; list++) {
        struct sk_record_chunk *next;

        for (struct sk_record_chunk *c = p->chunks[list]; c != NULL; c = next) {
            next = c->next;
            if (c->is_taken) {
                give_chunk(p, c);
            }
        }
    }
    *p = (struct sk_record_pool){0};
}

void sk_record_pool_add(struct sk_record_pool *p, void *chunk)
{
    add(p, chunk, false);
}

sk_err sk_record_pool_ensure(struct sk_record_pool *p, seL4_Word count)
{
    sk_err err = SK_OK;

    /* Who takes a chunk lives on the reserve. */
    while (!p->is_changing && err == SK_OK && p->free_count < p->reserve + count) {
        uintptr_t page;

        if (p->source == NULL) {
            return SK_ERR_NO_MEMORY;
        }
        p->is_changing = true;
        err = p->source->take_pages(p->source, 1, &page);
        p->is_changing = false;
        if (err == SK_OK) {
            p->chunk_count++;
            add(p, (void *)page, true);
        }
    }
    return err == SK_ERR_FRAGMENTED ? SK_ERR_NO_MEMORY : err;
}

void *sk_record_pool_take(struct sk_record_pool *p)
{
    struct sk_record_chunk *c =
        p->chunks[PARTLY] != NULL ? p->chunks[PARTLY] : p->chunks[UNUSED];

    if (c == NULL || (p->free_count <= p->reserve && !p->is_changing)) {
        return NULL;
    }
    struct record *r = c->free;
    c->free = r->next;
    c->free_count--;
    p->free_count--;
    relink(p, c);
    memset(r, 0, p->record_size);
    return r;
}

void sk_record_pool_give(struct sk_record_pool *p, void *record)
{
    struct sk_record_chunk *c = chunk_of(record);
    struct record *r = (struct record *)record;

    sk_require(r->mark != mark_of(r));
    put(c, r);
    p->free_count++;
    relink(p, c);
}

void sk_record_pool_trim(struct sk_record_pool *p, seL4_Word keep)
{
    seL4_Word count = records_of_chunk(p);

    while (!p->is_changing && p->chunks[UNUSED] != NULL &&
           p->free_count >= p->reserve + keep + count) {
        struct sk_record_chunk *c = p->chunks[UNUSED];

        unlink_chunk(c);
        p->free_count -= count;
        p->is_changing = true;
        give_chunk(p, c);
        p->is_changing = false;
    }
}
