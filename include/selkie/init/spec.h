/*
 * The binary specification of a system: what the initialiser (src/init) carries out.
 *
 * A specification is one block of bytes that lies in the initialiser's image, in the pages
 * behind its own, and is followed by pages of contents, the blob pages:
 *
 *     initialiser's ELF | specification, whole pages | blob page 0 | blob page 1 | ...
 *
 * all contiguous. It begins with struct sk_spec, whose sections say where each table is; a
 * table is an array of fixed-size records. All is little-endian, offsets are in bytes from the
 * start of the specification and multiples of 8, and what is reserved is zero.
 * docs/spec/system-spec.md says what is done with each record, in which order, and what it
 * costs.
 *
 * Objects have numbers: those of the groups whose destination is the initialiser's own CNode,
 * from 0 on in the order of the groups. Records name objects by number. An object that is made
 * straight in a component's CNode has no number, and nothing else can be done with it.
 *
 * The header is shared by the initialiser, which is compiled for a kernel, and by the composer,
 * which is not: it includes nothing of seL4's.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdint.h>

#define SK_SPEC_MAGIC   0x636570732d6b73ull /* "sk-spec" */
#define SK_SPEC_VERSION 1

#define SK_SPEC_NONE     UINT32_MAX /* no object, no slot */
#define SK_SPEC_NO_PADDR UINT64_MAX /* anywhere in RAM */
#define SK_SPEC_REST     UINT64_MAX /* whatever is left */

#define SK_SPEC_PAGE_BITS 12 /* of blob pages, and of the initialiser's image */
#define SK_SPEC_PAGE_SIZE ((uint64_t)1 << SK_SPEC_PAGE_BITS)

/* Kinds of objects. Kernels number them as they are configured; these numbers never change. */
enum sk_spec_type {
    SK_SPEC_UNTYPED = 0,
    SK_SPEC_TCB = 1,
    SK_SPEC_ENDPOINT = 2,
    SK_SPEC_NOTIFICATION = 3,
    SK_SPEC_CNODE = 4,
    SK_SPEC_SCHED_CONTEXT = 5,
    SK_SPEC_REPLY = 6,
    SK_SPEC_FRAME = 7, /* of one of the kernel's sizes: its size_bits */
    SK_SPEC_PAGE_TABLE = 8,
    SK_SPEC_VSPACE = 9,
};
#define SK_SPEC_TYPE_COUNT 10

/*
 * The kernel that the specification was made for. The initialiser compares all of it with what
 * it was compiled for, so that everything else can be checked with these numbers, on any
 * machine.
 */
struct sk_spec_platform {
    uint64_t user_end;      /* addresses of programs are below this */
    uint32_t fan_out_limit; /* objects in one Retype */
    uint32_t reserved32;
    uint16_t domain_count;
    uint16_t domain_schedule_count; /* entries that the schedule has room for */
    uint16_t core_count;
    uint16_t asid_pool_entries;
    uint8_t tcb_bits; /* log2 of sizes in bytes */
    uint8_t endpoint_bits;
    uint8_t notification_bits;
    uint8_t reply_bits; /* 0: there are none */
    uint8_t slot_bits;
    uint8_t min_sched_context_bits; /* 0: there are none */
    uint8_t page_table_bits;
    uint8_t vspace_bits;
    uint8_t frame_bits[3];    /* ascending; 0: no more */
    uint8_t table_index_bits; /* log2 of a page table's entries */
    uint8_t vspace_span_bits; /* log2 of the bytes that a VSpace covers */
    uint8_t min_untyped_bits;
    uint8_t max_untyped_bits;
    uint8_t asid_pool_bits;
};

/* The tables, in the order of enum sk_spec_table. */
struct sk_spec_section {
    uint32_t offset; /* in bytes, from the start of the specification */
    uint32_t count;  /* of records; of bytes for names */
};

enum sk_spec_table {
    SK_SPEC_GROUPS = 0,   /* struct sk_spec_group */
    SK_SPEC_ASIDS = 1,    /* struct sk_spec_asids */
    SK_SPEC_TABLES = 2,   /* struct sk_spec_tables */
    SK_SPEC_UNTYPEDS = 3, /* struct sk_spec_untyped */
    SK_SPEC_FILLS = 4,    /* struct sk_spec_fill */
    SK_SPEC_MAPS = 5,     /* struct sk_spec_map */
    SK_SPEC_IRQS = 6,     /* struct sk_spec_irq */
    SK_SPEC_CAPS = 7,     /* struct sk_spec_cap */
    SK_SPEC_IMAGE = 8,    /* struct sk_spec_image, at most one */
    SK_SPEC_SCHEDULE = 9, /* struct sk_spec_domain */
    SK_SPEC_THREADS = 10, /* struct sk_spec_thread */
    SK_SPEC_NAMES = 11,   /* bytes: texts that end with NUL */
    SK_SPEC_TABLE_COUNT = 12,
};

struct sk_spec {
    uint64_t magic;
    uint32_t version;
    uint32_t size;              /* of the specification in bytes, without blob pages */
    uint32_t blob_page_count;   /* pages behind it, all together */
    uint32_t handed_page_count; /* the first of them, which components get */
    uint32_t object_count;      /* objects with a number */
    uint32_t domain_start;    /* set with the schedule's last entry: where it starts, or none */
    uint32_t predicted_calls; /* kernel calls of the initialiser, or 0: not predicted */
    uint32_t predicted_retypes; /* those among them that make objects */
    struct sk_spec_platform platform;
    struct sk_spec_section section[SK_SPEC_TABLE_COUNT];
};

/*
 * Equal objects, which are made one behind the other. Groups with an address come first, by
 * ascending address, without overlaps; then the others, which should be in the order of
 * descending memory_bits, so that nothing is lost to alignment. A CNode comes before what is
 * made in it.
 */
enum { SK_SPEC_DEVICE = 1 }; /* flags: of device memory; with an address only */

struct sk_spec_group {
    uint64_t paddr; /* of the first, the others follow; or SK_SPEC_NO_PADDR */
    uint32_t count;
    uint32_t first;      /* number of the first; in a component's CNode: the next number */
    uint32_t cnode;      /* there: the CNode's object number; otherwise SK_SPEC_NONE */
    uint32_t slot;       /* there: the first slot; otherwise 0 */
    uint8_t type;        /* enum sk_spec_type */
    uint8_t size_bits;   /* Retype's argument: of untyped, CNode, frame, context; otherwise 0 */
    uint8_t memory_bits; /* log2 of the bytes that each takes */
    uint8_t flags;
    uint32_t reserved;
};

/* Address spaces get numbers from an ASID pool. */
struct sk_spec_asids {
    uint32_t untyped; /* object that becomes the pool, or SK_SPEC_NONE: the boot info's */
    uint32_t first;   /* VSpace objects first, first + 1, ... */
    uint32_t count;
    uint32_t reserved;
};

/* Page tables first, first + 1, ... at vaddr, vaddr + 2^span_bits, ... Upper levels first. */
struct sk_spec_tables {
    uint64_t vaddr;
    uint32_t first;
    uint32_t count;
    uint32_t vspace;
    uint8_t span_bits; /* log2 of the bytes that one covers */
    uint8_t reserved[3];
};

/*
 * Untyped memory for a component: first the device untypeds, if asked for, then RAM. What is
 * handed over is the boot info's own untyped capability if nothing was made from it, and
 * otherwise untypeds made of what is left. The info page is what a root task would have got
 * for it (struct seL4_BootInfo).
 */
struct sk_spec_untyped {
    uint64_t size;       /* bytes of RAM: a multiple of 2^min_bits, 0 or SK_SPEC_REST */
    uint64_t first_cptr; /* the component's name for the first slot: for the info page */
    uint32_t cnode;
    uint32_t slot; /* the first */
    uint32_t slot_count;
    uint32_t info_frame; /* object: a frame of 4 KiB, or SK_SPEC_NONE */
    uint8_t min_bits;    /* pieces that are smaller stay where they are */
    uint8_t flags;       /* SK_SPEC_DEVICE: device untypeds too */
    uint8_t cnode_bits;  /* for the info page */
    uint8_t reserved[5];
};

/*
 * Contents of a frame, which is copied. The frame must have a number, be RAM and not larger
 * than 2 MiB. Fills of one frame that follow each other share the calls that show the frame to
 * the initialiser.
 */
enum {
    SK_SPEC_FILL_CODE = 1,  /* flags: will be executed: make the instruction cache agree */
    SK_SPEC_FILL_CLEAN = 2, /* will be mapped uncached, or read by a device: clean the cache */
};

struct sk_spec_fill {
    uint64_t from; /* byte offset in the blob pages, or in the chunk with its header */
    uint32_t frame;
    uint32_t offset; /* in the frame */
    uint32_t length; /* of a chunk: at most; what it has not is left zero */
    uint32_t chunk;  /* id of a chunk of the extra boot info plus one, or 0: blob pages */
    uint32_t flags;  /* of the last fill of a run for one frame */
    uint32_t reserved;
};

/*
 * Frames, or blob pages, first, first + 1, ... are mapped at vaddr and behind it. Maps are in
 * ascending order of vspace, then vaddr, and do not overlap. All handed pages are mapped once
 * without SK_SPEC_COPY, in ascending order.
 */
enum sk_spec_source {
    SK_SPEC_OBJECT = 0,        /* an object's number */
    SK_SPEC_BLOB_PAGE = 1,     /* below handed_page_count */
    SK_SPEC_IRQ = 2,           /* a record of the IRQ table: its handler */
    SK_SPEC_BOOT_CAP = 3,      /* a slot that boot gives the initialiser: 1 to 15 */
    SK_SPEC_SCHED_CONTROL = 4, /* of this core */
};

enum {
    SK_SPEC_COPY = 1, /* flags of maps: of a copy, since the frame itself is mapped elsewhere */
};

enum { SK_SPEC_CACHED = 1, SK_SPEC_EXECUTE = 2 }; /* attributes */

/* Rights, as in seL4_CapRights. */
enum {
    SK_SPEC_WRITE = 1,
    SK_SPEC_READ = 2,
    SK_SPEC_GRANT = 4,
    SK_SPEC_GRANT_REPLY = 8,
    SK_SPEC_ALL_RIGHTS = 15,
};

struct sk_spec_map {
    uint64_t vaddr;
    uint32_t vspace;
    uint32_t first;
    uint32_t count;
    uint8_t source;     /* SK_SPEC_OBJECT or SK_SPEC_BLOB_PAGE */
    uint8_t size_bits;  /* of each */
    uint8_t rights;     /* SK_SPEC_READ, and SK_SPEC_WRITE */
    uint8_t flags;      /* SK_SPEC_COPY */
    uint8_t attributes; /* SK_SPEC_CACHED, SK_SPEC_EXECUTE */
    uint8_t reserved[7];
};

/* An interrupt, and who is told of it. Its handler is given by a record of the cap table. */
struct sk_spec_irq {
    uint64_t badge;
    uint32_t irq;
    uint32_t notification; /* object, or SK_SPEC_NONE: nobody yet */
    uint8_t is_edge;       /* 0: level */
    uint8_t reserved[7];
};

/* A capability in a component's CNode. */
enum sk_spec_operation {
    SK_SPEC_OP_COPY = 0, /* with these rights */
    SK_SPEC_OP_MINT = 1, /* with these rights, and this badge, or this guard of a CNode */
    SK_SPEC_OP_MOVE = 2, /* as it is; nothing else may need the source */
};

struct sk_spec_cap {
    uint64_t data;   /* badge, or guard << 6 | guard size; 0 unless minted */
    uint32_t cnode;  /* object */
    uint32_t slot;   /* ascending in one CNode, where records of one CNode follow each other */
    uint32_t source; /* number, whose meaning kind says */
    uint8_t kind;    /* enum sk_spec_source */
    uint8_t operation; /* enum sk_spec_operation */
    uint8_t rights;    /* SK_SPEC_ALL_RIGHTS if moved */
    uint8_t reserved;
};

/* The pages of the initialiser's image that no component has go here, when all is done. */
struct sk_spec_image {
    uint64_t first_cptr; /* as in struct sk_spec_untyped */
    uint32_t cnode;
    uint32_t slot;
    uint32_t slot_count;
    uint32_t info_frame; /* the same as an untyped record's, or another one, or SK_SPEC_NONE */
    uint8_t cnode_bits;  /* for the info page */
    uint8_t reserved[7];
};

/* An entry of the domain schedule, from entry 0 on; a duration of 0 ends the schedule. */
struct sk_spec_domain {
    uint64_t duration; /* ticks of the kernel's timer */
    uint32_t index;    /* of the entry; ascending */
    uint32_t domain;
};

/* A thread. Threads start in the order of this table, when everything else is done. */
enum {
    SK_SPEC_THREAD_START = 1,     /* flags: runs at the end; otherwise it stays inactive */
    SK_SPEC_THREAD_PASSIVE = 2,   /* its context is its notification's once it waits */
    SK_SPEC_THREAD_NO_FPU = 4,    /* has no FPU */
    SK_SPEC_THREAD_DOMAIN = 8,    /* domain says which; otherwise the initialiser's */
    SK_SPEC_THREAD_SPORADIC = 16, /* its context is a sporadic one */
    SK_SPEC_THREAD_ALL_FLAGS = 31,
};

struct sk_spec_thread {
    uint64_t entry;
    uint64_t stack;    /* the stack pointer; a multiple of 16 */
    uint64_t argument; /* in the first argument register */
    uint64_t ipc_vaddr;
    uint64_t cspace_data;   /* guard << 6 | guard size */
    uint64_t fault_badge;   /* 0: the endpoint's own capability */
    uint64_t timeout_badge; /* likewise */
    uint64_t budget_us;
    uint64_t period_us;
    uint64_t sched_badge;
    uint32_t tcb; /* the numbers of objects, or SK_SPEC_NONE where it may have none */
    uint32_t cspace;
    uint32_t vspace;
    uint32_t ipc_frame;      /* a frame of 4 KiB that is mapped at ipc_vaddr's page; or none */
    uint32_t fault_endpoint; /* or none */
    uint32_t timeout_endpoint; /* or none */
    uint32_t sched_context;    /* or none */
    uint32_t notification;     /* that is bound to it, or none */
    uint32_t extra_refills;
    uint32_t core;
    uint32_t name; /* offset in names, or SK_SPEC_NONE */
    uint8_t priority;
    uint8_t max_priority;
    uint8_t domain;
    uint8_t flags;
};

/* The sizes are part of the format. */
_Static_assert(sizeof(struct sk_spec_platform) == 40, "the format has no padding");
_Static_assert(sizeof(struct sk_spec) == 40 + 40 + 96, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_group) == 32, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_asids) == 16, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_tables) == 24, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_untyped) == 40, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_fill) == 32, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_map) == 32, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_irq) == 24, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_cap) == 24, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_image) == 32, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_domain) == 16, "the format has no padding");
_Static_assert(sizeof(struct sk_spec_thread) == 128, "the format has no padding");

/* Where blob page 0 begins, from the start of the specification. */
static inline uint64_t sk_spec_blob_offset(const struct sk_spec *spec)
{
    return (spec->size + SK_SPEC_PAGE_SIZE - 1) & ~(SK_SPEC_PAGE_SIZE - 1);
}

/* The first record of a table. */
static inline const void *sk_spec_at(const struct sk_spec *spec, enum sk_spec_table table)
{
    return (const char *)spec + spec->section[table].offset;
}
