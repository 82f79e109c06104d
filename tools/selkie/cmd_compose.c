/* SPDX-License-Identifier: BSD-2-Clause */
#include "selkie.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "limits.h"
#include "report.h"
#include "sdk.h"

static void print_count(const char *before, size_t count, const char *one, const char *many)
{
    printf("%s%zu %s", before, count, count == 1 ? one : many);
}

static void print_summary(const struct sk_system *s)
{
    print_count(": ", s->domain_count, "protection domain", "protection domains");
    print_count(", ", s->channel_count, "channel", "channels");
    print_count(", ", s->region_count, "memory region", "memory regions");
    putchar('\n');
}

/* Read the description, and say what is wrong with it. */
static int check(struct arena *arena, const char *path, const struct sk_sdf_limits *limits)
{
    const struct source *source = source_read(arena, path, path);
    struct diag diag = {.arena = arena};

    if (source == NULL) {
        sk_report_error("the system description '%s' cannot be read: %s", path,
                        strerror(errno));
        sk_report_help("selkie compose --check-only FILE");
        return SK_STATUS_FAILED;
    }
    const struct sk_system *system = sk_sdf_read(arena, source, limits, &diag);
    diag_print(&diag, stderr);
    if (system == NULL) {
        return SK_STATUS_REFUSED;
    }
    fputs(path, stdout);
    print_summary(system);
    return SK_STATUS_OK;
}

int sk_cmd_compose(const struct sk_options *options)
{
    const char *config = options->config != NULL ? options->config : "debug";
    char *board = NULL, *kernel_config = NULL;
    struct sk_limits limits = {0};
    struct arena arena = {0};
    int status = SK_STATUS_FAILED;

    if (!options->check_only) {
        sk_report_error("descriptions can be checked so far, not composed");
        sk_report_help("selkie compose --check-only %s", options->elf);
        return SK_STATUS_FAILED;
    }
    if (sk_sdk_find_config(options, &board, &kernel_config) &&
        sk_limits_read(board, config, kernel_config, &limits)) {
        limits.limits.allows_extensions = true;
        status = check(&arena, options->elf, &limits.limits);
    }
    arena_fini(&arena);
    sk_limits_drop(&limits);
    free(board);
    free(kernel_config);
    return status;
}
