/*
 * The microkit command: Microkit's command line over our composer, for makefiles that call it.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <stdlib.h>
#include <string.h>

#include "../cli/report.h"
#include "../cli/standard.h"
#include "../compose/front/front.h"
#include "options.h"
#include "sdk.h"

const char sk_report_name[] = "microkit";

static bool read_type(const struct options *options, enum sk_image_type *ret_type)
{
    if (strcmp(options->image_type, "binary") == 0) {
        *ret_type = SK_IMAGE_BINARY;
        return true;
    }
    if (strcmp(options->image_type, "elf") == 0) {
        *ret_type = SK_IMAGE_ELF;
        return true;
    }
    if (strcmp(options->image_type, "uimage") == 0) {
        sk_report_error("argument --image-type: a uimage is for RISC-V boards");
        return sk_report_help("%s boots --image-type binary", options->board);
    }
    sk_report_error("argument --image-type: invalid choice: '%s'", options->image_type);
    return sk_report_help("choose from 'binary', 'elf'");
}

static bool compose(const struct options *options)
{
    struct sk_front_options front = {
        .system = options->system,
        .board = options->board,
        .config = options->config,
        .search = options->search,
        .search_count = options->search_count,
        .image = options->image,
        .report = options->report,
        .model_json = options->capdl_json,
        .viper = options->viper,
    };

    struct arena arena = {0};
    bool is_done = read_type(options, &front.image_type) &&
                   sdk_find(&arena, options, &front.files) &&
                   sk_front_compose(&front) == SK_FRONT_DONE;

    arena_fini(&arena);
    return is_done;
}

static bool run(int argc, char **argv)
{
    struct options options;

    if (!options_read(argc - 1, argv + 1, &options)) {
        return false;
    }
    bool is_done = true;
    if (options.wants_help) {
        options_print_usage();
    } else {
        is_done = compose(&options);
    }
    options_drop(&options);
    return is_done;
}

int main(int argc, char **argv)
{
    sk_standard_open();
    bool is_done = run(argc, argv);
    return sk_standard_close() && is_done ? EXIT_SUCCESS : EXIT_FAILURE;
}
