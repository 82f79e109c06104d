/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cli/file.h"
#include "../cli/report.h"
#include "../compose/front/front.h"
#include "../compose/front/kernel.h"
#include "description.h"
#include "note.h"
#include "sdk.h"

static void print_count(const char *before, size_t count, const char *one, const char *many)
{
    printf("%s%zu %s", before, count, count == 1 ? one : many);
}

/* Read the description, and say what is in it. */
static int check(const struct sk_options *options)
{
    struct sk_description d = {0};
    enum sk_status status = sk_description_read(options, &d);

    if (status == SK_STATUS_OK) {
        fputs(options->elf, stdout);
        print_count(": ", d.system->domain_count, "protection domain", "protection domains");
        print_count(", ", d.system->channel_count, "channel", "channels");
        print_count(", ", d.system->region_count, "memory region", "memory regions");
        putchar('\n');
        sk_description_drop(&d);
    }
    return status;
}

static char *join(const char *folder, const char *name)
{
    char *path = NULL;

    if (asprintf(&path, "%s/%s", folder, name) < 0) {
        abort();
    }
    return path;
}

/* The initialiser is a program for a kernel: is it for the one that is installed there? */
static bool check_prefix(const struct sk_sdk *sdk, const char *initialiser)
{
    struct sk_file file = {0};
    struct sk_image_problem problem;
    struct sk_elf elf;

    if (sdk->kernel_config == NULL) {
        return true;
    }
    if (!sk_file_read(initialiser, "the initialiser", &file)) {
        return false;
    }
    struct sk_image_file part = {file.path, file.data, file.size};
    bool fits = sk_elf_open(&part, "the initialiser", EM_NONE, &elf, &problem);
    if (!fits) {
        sk_report_error("%s", problem.what);
        sk_report_help("%s", problem.help);
    }
    json_t *program = fits ? sk_note_read(&elf) : NULL;
    json_t *kernel = fits ? sk_note_from_config(sdk->kernel_config) : NULL;
    fits = kernel != NULL &&
           (program == NULL || sk_note_fits(initialiser, program, sdk->kernel, kernel));
    json_decref(program);
    json_decref(kernel);
    sk_file_drop(&file);
    return fits;
}

/* The names of a folder <board>/<config>; the first is cut out of a copy, which is returned. */
static char *split_names(const char *folder, const char **ret_board, const char **ret_config)
{
    char *copy = strdup(folder);
    char *slash = strrchr(copy, '/');

    *ret_board = *ret_config = copy;
    if (slash != NULL) {
        *slash = '\0';
        *ret_config = slash + 1;
        slash = strrchr(copy, '/');
        *ret_board = slash != NULL ? slash + 1 : copy;
    }
    return copy;
}

/* Headers are made of a description alone: the programs that include them come later. */
static bool wants_programs(const struct sk_options *o)
{
    return o->out != NULL || o->report != NULL || o->report_json != NULL ||
           o->model_json != NULL || o->cdl != NULL || o->viper != NULL;
}

static int compose(const struct sk_options *options, const struct sk_sdk *sdk)
{
    const char *board_name = NULL, *config_name = NULL;
    char *names = split_names(sdk->folder, &board_name, &config_name);
    char *initialiser = join(sdk->folder, "elf/initialiser.elf");
    char *monitor = join(sdk->folder, "elf/monitor.elf");
    char *config = sdk->kernel_config != NULL
                       ? strdup(sdk->kernel_config)
                       : join(sdk->folder, "include/kernel/gen_config.json");
    char *platform = sdk->kernel_config != NULL
                         ? join(options->sel4, "support/platform_gen.json")
                         : join(sdk->folder, "platform_gen.json");
    struct sk_front_options front = {
        .system = options->elf,
        .board = board_name,
        .config = config_name,
        .files = {.board = sdk->board,
                  .kernel = sdk->kernel,
                  .kernel_config = config,
                  .platform = platform,
                  .dtb = sdk->dtb,
                  .loader = sdk->loader,
                  .initialiser = initialiser,
                  .monitor = monitor},
        .search = options->search,
        .search_count = options->search_count,
        .allows_extensions = true,
        .check_only = options->check_only || !wants_programs(options),
        .image = options->out,
        .image_type = options->image_type == SK_LAYOUT_ELF ? SK_IMAGE_ELF : SK_IMAGE_BINARY,
        .report = options->report,
        .report_json = options->report_json,
        .model_json = options->model_json,
        .cdl = options->cdl,
        .headers = options->headers,
        .viper = options->viper,
    };
    bool fits =
        sk_kernel_check_file(config) && (options->check_only || check_prefix(sdk, initialiser));
    enum sk_front_result result = fits ? sk_front_compose(&front) : SK_FRONT_FAILED;

    free(names);
    free(initialiser);
    free(monitor);
    free(config);
    free(platform);
    return result == SK_FRONT_DONE      ? SK_STATUS_OK
           : result == SK_FRONT_REFUSED ? SK_STATUS_REFUSED
                                        : SK_STATUS_FAILED;
}

int sk_cmd_compose(const struct sk_options *options)
{
    struct sk_sdk sdk = {0};

    if (options->check_only && options->headers == NULL) {
        return check(options);
    }
    if (!wants_programs(options) && options->headers == NULL) {
        sk_report_error("'selkie compose' needs something to write");
        sk_report_help("selkie compose %s -o loader.img, or --check-only", options->elf);
        return SK_STATUS_FAILED;
    }
    if (options->image_type == SK_LAYOUT_SEGMENTS) {
        sk_report_error("the image of a system is one piece, for one address");
        sk_report_help("--image-type binary or elf");
        return SK_STATUS_FAILED;
    }
    if (!sk_sdk_find(options, NULL, NULL, &sdk)) {
        return SK_STATUS_FAILED;
    }
    int status = compose(options, &sdk);
    sk_sdk_drop(&sdk);
    return status;
}
