/*
 * The model of a system: the kernel objects that it is made of, which capabilities to them
 * lie in which slots, what is mapped where, and what its threads start with.
 *
 * It is what stands between a description (../sdf) and a specification for the initialiser
 * (<selkie/init/spec.h>): everything is decided here but the order of system calls, and
 * nothing is left that is not an object, a slot or an address. A model is also what reports,
 * graphs and the audit of a running system read.
 *
 * Objects are numbered from 0 in the order in which they were added; everything else is said
 * by these numbers. Names live in the model's arena (arena_printf()). A count above 1
 * is a row of alike objects, for memory: 1.5 GiB is one object of 768 large frames.
 *
 * Adding never fails: without memory the program ends (../../base/memory.h).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../../base/memory.h"

enum sk_model_kind {
    SK_MODEL_ENDPOINT,
    SK_MODEL_NOTIFICATION,
    SK_MODEL_TCB,
    SK_MODEL_SCHED_CONTEXT,
    SK_MODEL_REPLY,
    SK_MODEL_CNODE,
    SK_MODEL_VSPACE,
    SK_MODEL_PAGE_TABLE,
    SK_MODEL_FRAME,
    SK_MODEL_IRQ_HANDLER, /* not memory: made by the kernel's IRQ control */
};

/* No object, no domain. */
#define SK_MODEL_NONE UINT32_MAX

/* An address that the initialiser chooses. */
#define SK_MODEL_ANYWHERE UINT64_MAX

/* What a capability lets its holder do; the bits of seL4_CapRights. */
enum {
    SK_MODEL_WRITE = 1 << 0,
    SK_MODEL_READ = 1 << 1,
    SK_MODEL_GRANT = 1 << 2,
    SK_MODEL_GRANT_REPLY = 1 << 3,
    SK_MODEL_ALL_RIGHTS = 15,
};

/* How the memory of frames comes to what it holds. */
enum sk_model_source {
    SK_MODEL_ZERO,        /* made, and never written */
    SK_MODEL_HANDED_OVER, /* pages of the image, which the initialiser gives away */
    SK_MODEL_COPIED,      /* made, and the image's bytes written into them */
};

/* Where in a file something was said, for messages of later stages; line 0: nowhere. */
struct sk_model_place {
    const char *file;
    unsigned line;
    unsigned column;
};

/* What TCBs start with. */
struct sk_model_thread {
    uint32_t cspace; /* object: its root CNode */
    uint8_t cspace_guard_bits;
    uint32_t vspace;    /* object */
    uint32_t ipc_frame; /* object */
    uint64_t ipc_vaddr;
    uint64_t entry; /* virtual addresses */
    uint64_t stack_top;
    uint64_t stack_bottom;       /* for messages about overflow */
    uint32_t sched_context;      /* object */
    uint32_t bound_notification; /* object, or SK_MODEL_NONE */
    uint32_t fault_endpoint;     /* object, or SK_MODEL_NONE */
    uint64_t fault_badge;
    uint8_t priority;
    uint8_t max_priority;
    uint8_t domain; /* of the kernel's domain scheduler */
    uint16_t core;
    bool has_fpu;
    bool
        is_passive; /* its scheduling context is left to the notification when it first waits */
    bool is_started;
};

/* What scheduling contexts are configured with. */
struct sk_model_budget {
    uint64_t budget_us;
    uint64_t period_us;
    uint64_t badge;
    uint16_t core;
};

/* What frames hold, from the start of the first on. */
struct sk_model_contents {
    const uint8_t *data; /* the caller's, as long as the model is used */
    uint64_t size;       /* bytes; what remains of the frames is zero */
    uint32_t chunk;      /* id + 1 of a chunk of the boot info instead, with its header; or 0 */
};

struct sk_model_object {
    enum sk_model_kind kind;
    const char *name;  /* unique: "client.tcb", "ring" */
    uint32_t count;    /* more than 1 for frames and page tables only */
    uint8_t size_bits; /* frames: bytes; CNodes: slots; scheduling contexts: bytes */
    bool is_device;
    bool is_shared_read_only; /* equal pages of several domains, kept once */
    uint64_t paddr;           /* of the first frame, the others follow; or SK_MODEL_ANYWHERE */
    uint32_t domain;          /* whose it is, or SK_MODEL_NONE: shared */
    struct sk_model_place place;
    enum sk_model_source source;       /* of frames */
    struct sk_model_contents contents; /* of frames, unless SK_MODEL_ZERO */
    struct sk_model_thread thread;     /* of TCBs */
    struct sk_model_budget budget;     /* of scheduling contexts */
    struct {
        uint32_t number;
        bool is_edge_triggered;
        uint32_t notification; /* object that it signals */
        uint64_t badge;
        uint16_t core;
    } irq; /* of IRQ handlers */
};

/* A capability in a slot of a CNode. */
struct sk_model_cap {
    uint32_t cnode; /* object: where it lies */
    uint32_t slot;
    uint32_t object;     /* what it is of */
    uint32_t index;      /* which of a row */
    uint8_t rights;      /* SK_MODEL_READ ... */
    uint64_t badge;      /* of endpoints and notifications */
    uint8_t guard_bits;  /* of CNodes: zeros before the slot's number */
    const char *purpose; /* for reports: "notify server", "reply" */
};

/* Frames, or a page table, in an address space. */
struct sk_model_mapping {
    uint32_t vspace; /* object */
    uint32_t object; /* frames or page tables */
    uint32_t first;  /* of a row: from this one */
    uint32_t count;  /* this many, at addresses one after the other */
    uint64_t vaddr;
    uint8_t level;  /* of page tables: 1 is directly below the VSpace */
    uint8_t rights; /* of frames: SK_MODEL_READ, SK_MODEL_WRITE */
    bool is_executable;
    bool is_uncached;
};

/* Untyped memory, or the initialiser's own frames, for a domain that asked. */
struct sk_model_handover {
    uint32_t cnode;
    uint32_t slot;       /* first of a row */
    uint32_t slot_count; /* what there is beyond stays with the initialiser */
    bool is_image_frames;
    bool takes_devices;  /* device memory, not RAM */
    uint8_t bits_min;    /* smaller pieces stay with the initialiser */
    uint64_t size;       /* bytes wanted, or UINT64_MAX: all that is left */
    uint32_t info_frame; /* object: a page that says what came, or SK_MODEL_NONE */
};

/* A protection domain, for names in reports and for what is said of the whole. */
struct sk_model_domain {
    const char *name;
    uint32_t tcb;   /* objects */
    uint32_t cnode; /* where its numbered slots are */
    uint32_t vspace;
    struct sk_model_place place;
};

/* One entry of the kernel's domain schedule. */
struct sk_model_turn {
    uint8_t domain;
    uint64_t duration; /* us, or ticks; 0: the schedule ends here */
    bool is_ticks;
};

struct sk_model {
    struct sk_model_object *object;
    struct sk_model_cap *cap;
    struct sk_model_mapping *mapping;
    struct sk_model_handover *handover;
    struct sk_model_domain *domain;
    struct sk_model_turn *turn;
    uint32_t object_count;
    uint32_t cap_count;
    uint32_t mapping_count;
    uint32_t handover_count;
    uint32_t domain_count;
    uint32_t turn_count;
    uint32_t turn_start; /* index at which the kernel begins */
    uint32_t turn_shift; /* index of the first turn */
    struct arena arena;  /* names, and whatever else is to live as long */
};

/* {0} is an empty model. sk_model_fini() frees it, and its arena. */
void sk_model_fini(struct sk_model *model);

/* Add one, and return its number. What is pointed to must live as long as the model. */
uint32_t sk_model_add_object(struct sk_model *model, const struct sk_model_object *object);
uint32_t sk_model_add_domain(struct sk_model *model, const struct sk_model_domain *domain);
void sk_model_add_cap(struct sk_model *model, const struct sk_model_cap *cap);
void sk_model_add_mapping(struct sk_model *model, const struct sk_model_mapping *mapping);
void sk_model_add_handover(struct sk_model *model, const struct sk_model_handover *handover);
void sk_model_add_turn(struct sk_model *model, const struct sk_model_turn *turn);

/*
 * Pages of other domains that a domain sees, the last of them the monitor: each is a capability
 * more than the page's own.
 */
uint64_t sk_model_foreign_pages(const struct sk_model *model, uint32_t domain);

/* The duration in ticks of the kernel's timer, of which hz are a second. */
uint64_t sk_model_ticks(const struct sk_model_turn *turn, uint64_t hz);

/* How an object's kind is called: "notification". */
const char *sk_model_kind_name(enum sk_model_kind kind);
