/* SPDX-License-Identifier: BSD-2-Clause */
#include "description.h"

#include <stdio.h>
#include <stdlib.h>

#include "../cli/file.h"
#include "sdk.h"

static enum sk_status read_system(const struct sk_options *options, struct sk_description *d)
{
    struct diag diag = {.arena = &d->arena};
    struct sk_file file = {0};

    if (!sk_file_read(options->elf, "the system description", &file)) {
        return SK_STATUS_FAILED;
    }
    struct source *source = arena_take(&d->arena, sizeof(*source));
    *source = (struct source){
        .path = options->elf,
        .label = options->elf,
        .text = arena_copy(&d->arena, (const char *)file.data, file.size),
        .size = file.size,
    };
    sk_file_drop(&file);
    d->limits.limits.allows_extensions = true;
    d->system = sk_sdf_read(&d->arena, source, &d->limits.limits, &diag);
    diag_print(&diag, stderr);
    return d->system != NULL ? SK_STATUS_OK : SK_STATUS_REFUSED;
}

enum sk_status sk_description_read(const struct sk_options *options,
                                   struct sk_description *ret_description)
{
    const char *config = options->config != NULL ? options->config : "debug";
    char *board = NULL, *kernel_config = NULL;
    struct sk_description d = {0};
    enum sk_status status = SK_STATUS_FAILED;

    if (sk_sdk_find_config(options, &board, &kernel_config) &&
        sk_limits_read(board, config, kernel_config, &d.limits)) {
        status = read_system(options, &d);
    }
    free(board);
    free(kernel_config);
    if (status != SK_STATUS_OK) {
        sk_description_drop(&d);
        return status;
    }
    *ret_description = d;
    return status;
}

void sk_description_drop(struct sk_description *description)
{
    sk_limits_drop(&description->limits);
    arena_fini(&description->arena);
    *description = (struct sk_description){0};
}
