/* SPDX-License-Identifier: BSD-2-Clause */
#include "inputs.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "note.h"
#include "report.h"
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

/* The kernel's configuration: of a prefix its file, else the note in the kernel. */
static bool read_kernel_note(const struct sk_sdk *sdk, const struct sk_file *kernel,
                             json_t **ret_note)
{
    struct sk_image_file file = part(kernel);
    struct sk_image_problem problem;
    struct sk_elf elf;

    if (sdk->kernel_config != NULL) {
        *ret_note = sk_note_from_config(sdk->kernel_config);
        return *ret_note != NULL;
    }
    if (!sk_elf_open(&file, "the kernel", EM_NONE, &elf, &problem)) {
        return refuse(&problem);
    }
    *ret_note = sk_note_read(&elf);
    return true;
}

/* Do program and kernel belong together, as far as they say? */
static bool check_notes(const struct files *files, const struct sk_sdk *sdk, json_t *program,
                        uint32_t *ret_pa_bits)
{
    json_t *kernel = NULL;

    if (!read_kernel_note(sdk, &files->kernel, &kernel)) {
        return false;
    }
    bool fits = program == NULL || kernel == NULL ||
                sk_note_fits(files->root_task.path, program, files->kernel.path, kernel);
    const char *bits_40 = json_string_value(json_object_get(kernel, "ARM_PA_SIZE_BITS_40"));
    const char *bits_44 = json_string_value(json_object_get(kernel, "ARM_PA_SIZE_BITS_44"));
    *ret_pa_bits = bits_40 != NULL && strcmp(bits_40, "1") == 0   ? 40
                   : bits_44 != NULL && strcmp(bits_44, "1") == 0 ? 44
                                                                  : 0;
    json_decref(kernel);
    return fits;
}

static bool read_files(const struct sk_sdk *sdk, struct files *files)
{
    return sk_file_read(sdk->kernel, "the kernel", &files->kernel) &&
           sk_file_read(sdk->dtb, "the device tree", &files->dtb) &&
           sk_file_read(sdk->loader, "the loader", &files->loader);
}

static bool pack(const struct files *files, const struct sk_sdk *sdk, json_t *note,
                 struct sk_inputs *inputs)
{
    struct sk_image_problem problem;
    struct sk_image_parts parts = {
        .kernel = part(&files->kernel),
        .dtb = part(&files->dtb),
        .root_task = part(&files->root_task),
        .loader = part(&files->loader),
    };

    if (!sk_board_read(sdk->board, &inputs->board) ||
        !check_notes(files, sdk, note, &parts.pa_bits)) {
        return false;
    }
    parts.loader_paddr = inputs->board.loader_paddr;
    inputs->kernel_path = strdup(sdk->kernel);
    return sk_image_pack(&parts, &inputs->image, &problem) || refuse(&problem);
}

bool sk_inputs_pack(const struct sk_options *options, struct sk_inputs *ret_inputs)
{
    struct files files = {0};
    struct sk_inputs inputs = {0};
    struct sk_sdk sdk = {0};
    struct sk_image_problem problem;
    struct sk_elf elf;

    if (!sk_file_read(options->elf, "the program", &files.root_task)) {
        return false;
    }
    struct sk_image_file program = part(&files.root_task);
    if (!sk_elf_open(&program, "the program", EM_NONE, &elf, &problem)) {
        files_drop(&files);
        return refuse(&problem);
    }
    json_t *note = sk_note_read(&elf);
    bool is_packed = sk_sdk_find(options, json_string_value(json_object_get(note, "@board")),
                                 json_string_value(json_object_get(note, "@config")), &sdk) &&
                     read_files(&sdk, &files) && pack(&files, &sdk, note, &inputs);

    if (is_packed && note == NULL) {
        sk_report_note("%s does not say for which kernel it was built (no Selkie note)",
                       options->elf);
    }
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
