/*
 * From a description and the programs it names to the model of the system.
 *
 * sk_lower() makes the objects of every domain, gives each the capabilities that its channels,
 * interrupts and children call for and no more, lays out its address space, and patches its
 * program: names, bit masks, setvars. Slots, badges and addresses are Microkit's
 * (docs/spec/microkit-abi.md).
 *
 * lower.c goes through the description; domain.c makes the objects of a domain, channel.c its
 * capabilities, memory.c what it maps, patch.c writes into its program, restore.c keeps what it
 * started with, monitor.c adds who is told of faults, schedule.c the kernel's domains, tables.c
 * page tables.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

#include <selkie/microkit/abi.h>

#include "../../base/diag.h"
#include "../model/model.h"
#include "../sdf/system.h"
#include "program.h"

/* The objects of a domain, as numbers of the model. */
struct sk_lowered_domain {
    uint32_t tcb;
    uint32_t sched_context;
    uint32_t cnode; /* that Microkit's slots are in */
    uint32_t root;  /* that the thread starts its lookups at; often the same */
    uint32_t vspace;
    uint32_t ipc_frame;
    uint32_t notification;
    uint32_t endpoint; /* or SK_MODEL_NONE: it is not called and has no children */
    uint32_t reply;    /* or SK_MODEL_NONE, with the endpoint */
    uint32_t group[SK_MICROKIT_CHANNEL_WORDS]; /* notifications of channels from 62 on */
    uint32_t *irq;                             /* handlers, by index */
    uint32_t stack;
    uint64_t plain_notifications; /* what is written into its program */
    uint64_t plain_calls;
    struct sk_microkit_extension extension;
    bool is_endpoint_wanted; /* somebody is granted its endpoint, or its reply object */
    bool is_called_beyond;   /* on channels from 62 on */
};

/* What a file brings into a region. */
struct sk_prefill {
    const uint8_t *data;
    uint64_t size; /* bytes; 0: nothing */
};

struct sk_lower {
    /* From the caller. */
    const struct sk_system *system;
    struct sk_program *program;       /* of each domain, by index: patched */
    const struct sk_program *symbols; /* where the symbols of each are found */
    const struct sk_prefill *prefill; /* of each region */
    struct sk_program *monitor;       /* or NULL: nobody is told of faults */
    uint64_t user_top;
    bool is_debug; /* the monitor gets symbols, and sees stacks */
    struct diag *diag;
    struct sk_model *model;

    /* What is made. */
    struct sk_lowered_domain *domain; /* by index */
    struct sk_lowered_domain watch;   /* the monitor's, whose number follows the domains' */
    uint32_t *region;                 /* object of each, or SK_MODEL_NONE: not used */
    uint64_t *region_size;            /* bytes */
    uint32_t page_count;              /* of all regions */
};

/*
 * Make the model of the system. False: errors were added to lower->diag.
 *
 * Regions whose address a setvar asks for have one already, in the description.
 */
bool sk_lower(struct sk_lower *lower);

/* A region's bytes; one without a size is as large as what it is filled with. */
uint64_t sk_lower_region_size(const struct sk_system_region *r,
                              const struct sk_prefill *prefill);

enum {
    SK_HANDED_SLOT = 512, /* from here on memory can be handed over into Microkit's CNode */
    SK_CNODE_BITS = 9,    /* of a domain's slots; more if a channel's id is high */
    SK_ROOT_BITS = 6, /* of the root CNode of domains with capabilities of their own choice */
    SK_WORD_BITS = 64,
};

/* The parts, in this order. Each adds errors and goes on. */
void sk_lower_regions(struct sk_lower *lower);
void sk_lower_domain(struct sk_lower *lower, unsigned index);
void sk_lower_channels(struct sk_lower *lower);
void sk_lower_grants(struct sk_lower *lower, unsigned index);
void sk_lower_memory(struct sk_lower *lower, unsigned index);
void sk_lower_patch(struct sk_lower *lower, unsigned index);
void sk_lower_restore(struct sk_lower *lower, unsigned index);
void sk_lower_monitor(struct sk_lower *lower);
void sk_lower_schedule(struct sk_lower *lower);

/* The CNode in which a domain gets memory from that slot on. */
uint32_t sk_lower_handed_cnode(const struct sk_lower *lower, unsigned index, uint64_t slot);

/* Was a domain's program linked with our libmicrokit? */
bool sk_lower_is_ours(const struct sk_lower *lower, unsigned index);

/* A notification for a group of a domain's channels. */
uint32_t sk_lower_group(struct sk_lower *lower, unsigned index, uint32_t group);

/* A place in the description, for the model. */
struct sk_model_place sk_lower_place(struct place at);
