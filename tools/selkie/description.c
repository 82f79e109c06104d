/* SPDX-License-Identifier: BSD-2-Clause */
#include "description.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cli/report.h"
#include "sdk.h"

static enum sk_status read_system(const struct sk_options *options, struct sk_description *d)
{
    const struct source *source = source_read(&d->arena, options->elf, options->elf);
    struct diag diag = {.arena = &d->arena};

    if (source == NULL) {
        sk_report_error("the system description '%s' cannot be read: %s", options->elf,
                        strerror(errno));
        sk_report_help("selkie compose --check-only FILE");
        return SK_STATUS_FAILED;
    }
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
