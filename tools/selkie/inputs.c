/* SPDX-License-Identifier: BSD-2-Clause */
#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#include "../cli/file.h"
#include "../cli/report.h"
#include "note.h"
#include "sdk.h"

struct files {
    struct sk_file root_task, kernel, dtb, loader;
};

static void files_drop(struct files *files)
{
    sk_file_drop(&files->root_task);
    sk_file_drop(&files->kernel);
    sk_file_drop(&files->dtb);
    sk_file_drop(&files->loader);
}

static struct sk_image_file part(const struct sk_file *file)
{
    return (struct sk_image_file){file->path, file->data, file->size};
}

static bool refuse(const struct sk_image_problem *problem)
{
    sk_report_error("%s", problem->what);
    return problem->help[0] != '\0' && sk_report_help("%s", problem->help);
}

/*
 * A prefix has its kernel's configuration in a file. It is compared first: what else is
 * missing for this prefix follows from a program that was not built for it.
 */
static bool check_prefix(const struct sk_options *options, json_t *program,
                         json_t **ret_kernel_note)
{
    if (options->sel4 == NULL || options->kernel != NULL) {
        return true;
    }
    if (!sk_sdk_check_prefix(options->sel4)) {
        return false;
    }
    char *config = sk_sdk_in_prefix(options->sel4, SK_SDK_PREFIX_CONFIG);
    char *kernel = sk_sdk_in_prefix(options->sel4, SK_SDK_PREFIX_KERNEL);
    *ret_kernel_note = sk_note_from_config(config);
    bool fits =
        *ret_kernel_note != NULL &&
        (program == NULL || sk_note_fits(options->elf, program, kernel, *ret_kernel_note));
    free(config);
    free(kernel);
    return fits;
}

/* Any other kernel has it in its note, if it has one. */
static bool check_kernel(const struct files *files, json_t *program, json_t **kernel_note)
{
    struct sk_image_file file = part(&files->kernel);
    struct sk_image_problem problem;
    struct sk_elf elf;

    if (*kernel_note != NULL) {
        return true;
    }
    if (!sk_elf_open(&file, "the kernel", EM_NONE, &elf, &problem)) {
        return refuse(&problem);
    }
    *kernel_note = sk_note_read(&elf);
    return program == NULL || *kernel_note == NULL ||
           sk_note_fits(files->root_task.path, program, files->kernel.path, *kernel_note);
}

/* A number of the kernel's configuration, or 0. */
static uint32_t number(json_t *note, const char *symbol)
{
    const char *value = json_string_value(json_object_get(note, symbol));

    return value != NULL ? (uint32_t)strtoul(value, NULL, 0) : 0;
}

/* The image must not take the place of a file that it is made of. */
static bool check_output(const struct sk_options *options, const struct sk_sdk *sdk)
{
    const char *const made_of[] = {options->elf,       sdk->board, sdk->kernel,
                                   sdk->kernel_config, sdk->dtb,   sdk->loader};

    for (size_t i = 0; options->out != NULL && i < sizeof(made_of) / sizeof(made_of[0]); i++) {
        if (made_of[i] != NULL && sk_file_is_same(options->out, made_of[i])) {
            sk_report_error("%s: the output would overwrite %s, of which it is made",
                            options->out, made_of[i]);
            return sk_report_help("choose another file with -o");
        }
    }
    return true;
}

static bool read_files(const struct sk_sdk *sdk, struct files *files)
{
    return sk_file_read(sdk->kernel, "the kernel", &files->kernel) &&
           sk_file_read(sdk->dtb, "the device tree", &files->dtb) &&
           sk_file_read(sdk->loader, "the loader", &files->loader);
}

static bool pack(const struct files *files, const struct sk_sdk *sdk, json_t *program_note,
                 enum sk_layout_kind type, json_t **kernel_note, struct sk_inputs *inputs)
{
    struct sk_image_problem problem;

    if (!sk_board_read(sdk->board, &inputs->board) ||
        !check_kernel(files, program_note, kernel_note)) {
        return false;
    }
    struct sk_image_parts parts = {
        .kernel = part(&files->kernel),
        .dtb = part(&files->dtb),
        .root_task = part(&files->root_task),
        .loader = part(&files->loader),
        .loader_paddr = inputs->board.loader_paddr,
        .pa_bits = number(*kernel_note, "ARM_PA_SIZE_BITS_40") == 1   ? 40
                   : number(*kernel_note, "ARM_PA_SIZE_BITS_44") == 1 ? 44
                                                                      : 0,
        .root_cnode_bits = number(*kernel_note, "ROOT_CNODE_SIZE_BITS"),
    };
    inputs->kernel_path = strdup(sdk->kernel);
    bool is_packed = false;
    switch (type) {
    case SK_LAYOUT_DEFAULT:
    case SK_LAYOUT_SEGMENTS:
        is_packed = sk_image_pack(&parts, &inputs->image, &problem);
        break;
    case SK_LAYOUT_BINARY:
        is_packed = sk_image_pack_file(&parts, SK_IMAGE_BINARY, &inputs->image, &problem);
        break;
    case SK_LAYOUT_ELF:
        is_packed = sk_image_pack_file(&parts, SK_IMAGE_ELF, &inputs->image, &problem);
        break;
    }
    return is_packed
               ? sk_board_fits(&inputs->board, sdk->kernel, inputs->image.wants_hypervisor)
               : refuse(&problem);
}

/* file was packed before: of the options, only those that start a machine mean something. */
static bool take_image(const struct sk_options *options, struct sk_file *file,
                       struct sk_inputs *ret_inputs)
{
    struct sk_inputs inputs = {0};
    char *board = NULL;

    if (options->out != NULL) {
        sk_report_error("%s: this is an image already, not a program", options->elf);
        return sk_report_help("selkie run %s", options->elf);
    }
    if (options->kernel != NULL || options->dtb != NULL || options->loader != NULL) {
        sk_report_error("%s: an image has its own kernel, device tree and loader",
                        options->elf);
        return sk_report_help("leave out --kernel, --dtb and --loader, or name a program");
    }
    if (options->symbolize) {
        sk_report_error("%s: an image says nothing of its functions and lines", options->elf);
        return sk_report_help("keep what it prints, then: selkie symbolize PROGRAM LOG");
    }
    struct sk_image_file image = part(file);
    struct sk_image_problem problem;
    if (!sk_image_check(&image, &problem)) {
        return refuse(&problem);
    }
    bool is_read = sk_sdk_find_board(options, &board) && sk_board_read(board, &inputs.board);
    free(board);
    if (!is_read) {
        return false;
    }
    inputs.image = (struct sk_image){.data = file->data, .size = file->size};
    file->data = NULL;
    *ret_inputs = inputs;
    return true;
}

bool sk_inputs_pack(const struct sk_options *options, struct sk_inputs *ret_inputs)
{
    struct files files = {0};
    struct sk_inputs inputs = {0};
    struct sk_sdk sdk = {0};
    struct sk_image_problem problem;
    struct sk_elf elf;
    json_t *kernel_note = NULL;

    if (!sk_file_read(options->elf, "the program", &files.root_task)) {
        return false;
    }
    struct sk_image_file program = part(&files.root_task);
    if (sk_image_is_packed(&program)) {
        bool is_taken = take_image(options, &files.root_task, ret_inputs);
        files_drop(&files);
        return is_taken;
    }
    if (!sk_elf_open(&program, "the program", EM_NONE, &elf, &problem)) {
        files_drop(&files);
        return refuse(&problem);
    }
    json_t *note = sk_note_read(&elf);
    bool is_packed = check_prefix(options, note, &kernel_note) &&
                     sk_sdk_find(options, json_string_value(json_object_get(note, "@board")),
                                 json_string_value(json_object_get(note, "@config")), &sdk) &&
                     check_output(options, &sdk) && read_files(&sdk, &files) &&
                     pack(&files, &sdk, note, options->image_type, &kernel_note, &inputs);

    if (is_packed && note == NULL) {
        sk_report_note("%s does not say for which kernel it was built (no Selkie note)",
                       options->elf);
    }
    json_decref(kernel_note);
    json_decref(note);
    sk_sdk_drop(&sdk);
    files_drop(&files);
    if (!is_packed) {
        sk_inputs_drop(&inputs);
        return false;
    }
    *ret_inputs = inputs;
    return true;
}

void sk_inputs_drop(struct sk_inputs *inputs)
{
    sk_board_drop(&inputs->board);
    sk_image_drop(&inputs->image);
    free(inputs->kernel_path);
    *inputs = (struct sk_inputs){0};
}
