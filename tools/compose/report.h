/*
 * What a composed system is made of: who holds what, where memory is, how much there is left.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "compose.h"
#include "model/encode.h"
#include "sdf/system.h"

struct sk_report {
    const struct sk_compose_kit *kit;
    const struct sk_system *system;
    const struct sk_model *model;
    const struct sk_encoded *encoded;
};

/* For people. False: the stream has an error. */
bool sk_report_write(const struct sk_report *report, FILE *out);

/* For programs: the same as JSON. */
bool sk_report_write_json(const struct sk_report *report, FILE *out);

/* Sums that both have. */
struct sk_report_sums {
    uint64_t kind_count[SK_MODEL_IRQ_HANDLER + 1]; /* objects of each kind */
    uint64_t kind_bytes[SK_MODEL_IRQ_HANDLER + 1];
    uint64_t object_bytes;  /* of RAM, all kinds */
    uint64_t handed_bytes;  /* frames that came with the image */
    uint64_t copied_bytes;  /* that are written into frames at boot */
    uint64_t kernel_bytes;  /* its own, and the objects that it makes for the initialiser */
    uint64_t untyped_bytes; /* of RAM, which domains got */
    uint64_t image_bytes;   /* the initialiser with what lies behind it */
    uint64_t lost_bytes;    /* of these, what no domain has */
    uint64_t ram_bytes;
    uint64_t unused_bytes; /* that nobody has */
    uint32_t slots;        /* of the kernel's root CNode, that are used */
    uint32_t slot_limit;
    uint64_t stack_views; /* of them, for pages of stacks that the monitor sees */
};

struct sk_report_sums sk_report_sum(const struct sk_report *report);
