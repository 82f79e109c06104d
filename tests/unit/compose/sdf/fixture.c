/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct sk_sdf_range memory[] = {{0x40000000, 0xc0000000}};
static const struct sk_sdf_range devices[] = {
    {0, 0x8000000}, {0x8001000, 0x40000000}, {0xc0000000, 0x100000000000}};

#define BOARD_MEMORY                                                            \
    .memory = memory, .memory_count = 1, .devices = devices, .device_count = 3, \
    .physical_end = 0x100000000000

const struct sk_sdf_limits arm_limits = {
    .board = "arm",
    .isa = SK_SDF_AARCH64,
    .cores = 1,
    .allows_extensions = true,
    .slices = 16,
    .turns = 100,
    .budget_min_us = 20,
    .irqs = 160,
    .kernel_irq = {27},
    .kernel_irq_count = 1,
    .user_top = 0x7fffffffffff,
    .guest_top = 0x7fffffffffff,
    BOARD_MEMORY,
};

const struct sk_sdf_limits hypervisor_limits = {
    .board = "hypervisor",
    .isa = SK_SDF_AARCH64,
    .cores = 4,
    .has_hypervisor = true,
    .has_smc = true,
    .allows_extensions = true,
    .slices = 1,
    .turns = 2,
    .budget_min_us = 20,
    .user_top = 0xffffffffff,
    .guest_top = 0xffffffffff,
    BOARD_MEMORY,
};

const struct sk_sdf_limits x86_limits = {
    .board = "x86",
    .isa = SK_SDF_X86_64,
    .cores = 16,
    .has_hypervisor = true,
    .has_iommu = true,
    .allows_extensions = true,
    .slices = 1,
    .turns = 2,
    .budget_min_us = 20,
    .user_top = 0x7fffffffefff,
    .guest_top = 0x7fffffffefff,
    .physical_end = 1ull << 47,
};

struct reading *reading_start(const char *text, const struct sk_sdf_limits *limits)
{
    struct reading *r = calloc(1, sizeof(*r));

    assert_non_null(r);
    r->source = (struct source){"test", "test", text, strlen(text)};
    r->diag.arena = &r->arena;
    r->system = sk_sdf_read(&r->arena, &r->source, limits, &r->diag);
    assert_int_equal(r->system == NULL, r->diag.error_count != 0);
    return r;
}

static struct reading *start_body(const char *body, const struct sk_sdf_limits *limits)
{
    struct arena scratch = {0};
    char *text = strdup(
        arena_printf(&scratch, "<system xmlns:sk=\"%s\">%s</system>", SK_SDF_NAMESPACE, body));

    arena_fini(&scratch);
    assert_non_null(text);
    struct reading *r = reading_start(text, limits);
    /* The arena owns the text from now on. */
    char *copy = arena_copy(&r->arena, text, strlen(text));
    r->source.text = copy;
    free(text);
    return r;
}

struct reading *reading_good(const char *body, const struct sk_sdf_limits *limits)
{
    struct reading *r = start_body(body, limits);

    if (r->system == NULL) {
        fail_msg("refused: %s", reading_said(r));
    }
    return r;
}

void reading_fini(struct reading *r)
{
    arena_fini(&r->arena);
    free(r);
}

const char *reading_said(struct reading *r)
{
    char *said = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&said, &size);

    assert_non_null(out);
    diag_print(&r->diag, out);
    fclose(out);
    const char *copy = arena_copy(&r->arena, said, size);
    free(said);
    return copy;
}

void expect_error(const char *body, const struct sk_sdf_limits *limits, const char *words)
{
    struct reading *r = start_body(body, limits);
    const char *said = reading_said(r);

    if (r->system != NULL || strstr(said, words) == NULL) {
        fail_msg("it said: %s", said);
    }
    reading_fini(r);
}
