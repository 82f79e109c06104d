/* SPDX-License-Identifier: BSD-2-Clause */
#include "kit.h"

#include <stdlib.h>
#include <string.h>

#include "../../cli/report.h"
#include "../limits.h"

static struct sk_image_file part(const struct sk_file *file)
{
    return (struct sk_image_file){file->path, file->data, file->size};
}

json_t *sk_kit_read_json(const char *path, const char *what)
{
    struct sk_file file = {0};
    json_error_t error;

    if (!sk_file_read(path, what, &file)) {
        return NULL;
    }
    json_t *root = json_loadb((const char *)file.data, file.size, 0, &error);
    sk_file_drop(&file);
    if (!json_is_object(root)) {
        if (root == NULL) {
            sk_report_error("%s:%d:%d: %s", path, error.line, error.column, error.text);
        } else {
            sk_report_error("%s: %s is not an object", path, what);
        }
        sk_report_help("the SDK is damaged: make it again");
        json_decref(root);
        return NULL;
    }
    return root;
}

static uint32_t number(const json_t *config, const char *symbol)
{
    const char *value = json_string_value(json_object_get(config, symbol));

    return value != NULL ? (uint32_t)strtoul(value, NULL, 0) : 0;
}

/* Which interrupts the board has: the board file is read as a whole only for an image. */
static bool read_interrupts(const char *path, struct sk_kit_files *files)
{
    json_t *board = sk_kit_read_json(path, "the board file");
    struct sk_sdf_limits limits;

    if (board == NULL) {
        return false;
    }
    files->kit.interrupts = json_incref(json_object_get(board, "interrupts"));
    json_decref(board);
    if (!sk_limits_of_interrupts(files->kit.interrupts, &limits)) {
        sk_report_error("%s: key \"interrupts\" is missing, or not what it should be", path);
        return sk_report_help(
            "boards/README.md describes board files; choose one with --board");
    }
    return true;
}

/* What a description is checked against. */
static bool read_platform(const struct sk_front_files *paths, struct sk_kit_files *files)
{
    files->kit.kernel_config =
        sk_kit_read_json(paths->kernel_config, "the kernel configuration");
    if (files->kit.kernel_config == NULL) {
        return false;
    }
    files->kit.platform = sk_kit_read_json(paths->platform, "the platform's memory");
    return files->kit.platform != NULL && read_interrupts(paths->board, files);
}

/* What goes into an image. */
static bool read_files(const struct sk_front_files *paths, struct sk_kit_files *files)
{
    if (!sk_board_read(paths->board, &files->board) ||
        !sk_file_read(paths->kernel, "the kernel", &files->kernel) ||
        !sk_file_read(paths->dtb, "the device tree", &files->dtb) ||
        !sk_file_read(paths->loader, "the loader", &files->loader) ||
        !sk_file_read(paths->initialiser, "the initialiser", &files->initialiser)) {
        return false;
    }
    /* A kernel without a monitor has none to offer. */
    return !sk_file_exists(paths->monitor) ||
           sk_file_read(paths->monitor, "the monitor", &files->monitor);
}

/* The kernel gets no device tree, as from Microkit's loader. */
static void fill_parts(struct sk_kit_files *files)
{
    const json_t *config = files->kit.kernel_config;

    files->parts = (struct sk_image_parts){
        .kernel = part(&files->kernel),
        .dtb = part(&files->dtb),
        .root_task = part(&files->initialiser),
        .loader = part(&files->loader),
        .loader_paddr = files->board.loader_paddr,
        .pa_bits = json_is_true(json_object_get(config, "ARM_PA_SIZE_BITS_40"))   ? 40
                   : json_is_true(json_object_get(config, "ARM_PA_SIZE_BITS_44")) ? 44
                                                                                  : 0,
        .root_cnode_bits = number(config, "ROOT_CNODE_SIZE_BITS"),
        .pages.name = "the specification",
        .hides_dtb = true,
    };
}

bool sk_kit_files_read(const struct sk_front_options *options, struct sk_kit_files *ret_files)
{
    struct sk_kit_files files = {0};
    struct sk_image_problem problem;

    files.kit.board = options->board;
    files.kit.config = options->config;
    if (!read_platform(&options->files, &files) ||
        (!options->check_only && !read_files(&options->files, &files))) {
        sk_kit_files_drop(&files);
        return false;
    }
    if (options->check_only) {
        *ret_files = files;
        return true;
    }
    fill_parts(&files);
    files.kit.kernel = part(&files.kernel);
    files.kit.initialiser = part(&files.initialiser);
    files.kit.monitor = part(&files.monitor);
    bool is_good = sk_image_place_file(&files.parts, &files.kit.places, &problem);
    if (!is_good) {
        sk_report_error("%s", problem.what);
        sk_report_help("%s", problem.help);
    }
    is_good = is_good && sk_board_fits(&files.board, files.kernel.path,
                                       files.kit.places.kernel_level == 2);
    if (!is_good) {
        sk_kit_files_drop(&files);
        return false;
    }
    *ret_files = files;
    return true;
}

void sk_kit_files_drop(struct sk_kit_files *files)
{
    sk_file_drop(&files->kernel);
    sk_file_drop(&files->dtb);
    sk_file_drop(&files->loader);
    sk_file_drop(&files->initialiser);
    sk_file_drop(&files->monitor);
    sk_board_drop(&files->board);
    json_decref(files->kit.kernel_config);
    json_decref(files->kit.platform);
    json_decref(files->kit.interrupts);
    *files = (struct sk_kit_files){0};
}
