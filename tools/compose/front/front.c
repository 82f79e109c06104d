/* SPDX-License-Identifier: BSD-2-Clause */
#include "front.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../cli/file.h"
#include "../../cli/output.h"
#include "../../cli/report.h"
#include "find.h"
#include "kit.h"

enum { OUTPUT_MAX = 6 }; /* but for those of folders */

static bool refuse_output(const char *path, const char *source)
{
    sk_report_error("%s: the output would overwrite %s, of which it is made", path, source);
    return sk_report_help("choose another file");
}

static bool refuse_two(const char *path)
{
    sk_report_error("two outputs are to be written to %s", path);
    return sk_report_help("choose another file for one of them");
}

/* Is the file one of those that were read? It was said. */
static bool is_input(const struct sk_front_options *o, const struct sk_found *found,
                     const char *path)
{
    const char *const read[] = {
        o->system,         o->files.board, o->files.kernel, o->files.kernel_config,
        o->files.platform, o->files.dtb,   o->files.loader, o->files.initialiser,
        o->files.monitor,
    };

    for (size_t i = 0; i < sizeof(read) / sizeof(read[0]); i++) {
        if (sk_file_is_same(path, read[i])) {
            return !refuse_output(path, read[i]);
        }
    }
    for (size_t i = 0; i < found->count; i++) {
        if (sk_file_is_same(path, found->file[i].path)) {
            return !refuse_output(path, found->file[i].path);
        }
    }
    return false;
}

/* No output may take the place of what was read, nor of another output. */
static bool check_outputs(const struct sk_front_options *o, const struct sk_found *found,
                          const struct sk_output *output, size_t count)
{
    struct sk_file_identity *known = calloc(count + 1, sizeof(*known));
    const char **path = calloc(count + 1, sizeof(*path));
    size_t known_count = 0;
    bool is_right = true;

    if (known == NULL || path == NULL) {
        abort();
    }
    for (size_t i = 0; i < count && is_right; i++) {
        struct sk_file_identity *id = &known[known_count];
        path[known_count] = output[i].path;
        if (output[i].path == NULL) {
            continue;
        }
        is_right = !is_input(o, found, output[i].path);
        bool has_identity = sk_file_identify(output[i].path, id);
        for (size_t j = 0; j < known_count && is_right; j++) {
            if (strcmp(path[j], output[i].path) == 0 ||
                (has_identity && sk_file_identity_is_same(&known[j], id))) {
                is_right = refuse_two(output[i].path);
            }
        }
        known_count++;
    }
    for (size_t i = 0; i < known_count; i++) {
        sk_file_identity_drop(&known[i]);
    }
    free(path);
    free(known);
    return is_right;
}

/* The files of a folder, added to output. False: there is none, and it was said. */
static bool add_folder(const char *folder, const struct sk_compose_header *texts, size_t count,
                       struct sk_output *output, bool *ret_is_new)
{
    if (folder == NULL) {
        return true;
    }
    *ret_is_new = mkdir(folder, 0777) == 0;
    if (!*ret_is_new && errno != EEXIST) {
        sk_report_error("%s: cannot make this folder: %s", folder, strerror(errno));
        return sk_report_help("choose another");
    }
    for (size_t i = 0; i < count; i++) {
        const struct sk_compose_text *text = &texts[i].text;
        char *path = NULL;
        if (asprintf(&path, "%s/%s", folder, texts[i].name) < 0) {
            abort();
        }
        output[i] = (struct sk_output){path, (const uint8_t *)text->data, text->size};
    }
    return true;
}

/* Write the files of folders, and then count more: what make looks for comes last. */
static bool write_all(const struct sk_front_options *o, const struct sk_compose_result *result,
                      const struct sk_found *found, const struct sk_output *more, size_t count)
{
    size_t texts = result->header_count + result->viper_count;
    struct sk_output *output = calloc(texts + count + 1, sizeof(*output));

    if (output == NULL) {
        abort();
    }
    bool is_new[2] = {false};
    bool is_written =
        add_folder(o->headers, result->headers, result->header_count, output, &is_new[0]) &&
        add_folder(o->viper, result->viper, result->viper_count, output + result->header_count,
                   &is_new[1]);
    for (size_t i = 0; i < count; i++) {
        output[texts + i] = more[i];
    }
    is_written = is_written && check_outputs(o, found, output, texts + count) &&
                 sk_outputs_write(output, texts + count);
    if (!is_written && is_new[0]) {
        rmdir(o->headers);
    }
    if (!is_written && is_new[1]) {
        rmdir(o->viper);
    }
    for (size_t i = 0; i < texts; i++) {
        free((char *)output[i].path);
    }
    free(output);
    return is_written;
}

static struct sk_output text(const char *path, const struct sk_compose_text *t)
{
    return (struct sk_output){path, (const uint8_t *)t->data, t->size};
}

static bool write_system(const struct sk_front_options *o, const struct sk_image *image,
                         const struct sk_compose_result *result, const struct sk_found *found)
{
    const struct sk_output output[OUTPUT_MAX] = {
        text(o->report, &result->report),
        text(o->report_json, &result->report_json),
        text(o->model_json, &result->model_json),
        text(o->cdl, &result->cdl),
        text(o->dot, &result->dot),
        {o->image, image->data, image->size},
    };

    return write_all(o, result, found, output, OUTPUT_MAX);
}

/* The composed parts as an image. What does not fit is the description's doing. */
static bool pack(const struct sk_front_options *o, const struct sk_kit_files *kit,
                 const struct sk_compose_result *result, struct sk_image *ret_image)
{
    struct sk_image_parts parts = kit->parts;
    struct sk_image_problem problem;

    if (o->image == NULL) {
        return true;
    }
    parts.root_task.data = result->initialiser;
    parts.root_task.size = result->initialiser_size;
    parts.pages.data = result->pages;
    parts.pages.size = result->pages_size;
    if (!sk_image_pack_file(&parts, o->image_type, ret_image, &problem)) {
        sk_report_error("%s", problem.what);
        return sk_report_help("%s", problem.help);
    }
    return true;
}

static enum sk_front_result compose(const struct sk_front_options *o,
                                    const struct sk_kit_files *kit,
                                    const struct sk_file *system, struct sk_search *search)
{
    struct sk_compose_options options = {
        .system = {system->path, system->data, system->size},
        .finder = &search->finder,
        .kit = &kit->kit,
        .allows_extensions = o->allows_extensions,
        .check_only = o->check_only,
        .wants_report = o->report != NULL,
        .wants_report_json = o->report_json != NULL,
        .wants_model_json = o->model_json != NULL,
        .wants_cdl = o->cdl != NULL,
        .wants_dot = o->dot != NULL,
        .wants_headers = o->headers != NULL,
        .wants_viper = o->viper != NULL,
    };
    struct sk_compose_result result = {0};
    struct sk_image image = {0};
    enum sk_front_result end = SK_FRONT_REFUSED;

    if (sk_compose(&options, &result)) {
        end = SK_FRONT_DONE;
    }
    if (end == SK_FRONT_DONE && o->check_only) {
        end = write_all(o, &result, &search->found, NULL, 0) ? SK_FRONT_DONE : SK_FRONT_FAILED;
    } else if (end == SK_FRONT_DONE && !pack(o, kit, &result, &image)) {
        end = SK_FRONT_REFUSED;
    } else if (end == SK_FRONT_DONE && !write_system(o, &image, &result, &search->found)) {
        end = SK_FRONT_FAILED;
    }
    sk_image_drop(&image);
    sk_compose_result_drop(&result);
    return end;
}

enum sk_front_result sk_front_compose(const struct sk_front_options *options)
{
    struct sk_kit_files kit = {0};
    struct sk_file system = {0};
    struct sk_search search;

    if (!sk_file_read(options->system, "the system description", &system)) {
        return SK_FRONT_FAILED;
    }
    if (!sk_kit_files_read(options, &kit)) {
        sk_file_drop(&system);
        return SK_FRONT_FAILED;
    }
    sk_search_init(&search, options->search, options->search_count);
    enum sk_front_result end = compose(options, &kit, &system, &search);
    sk_search_fini(&search);
    sk_kit_files_drop(&kit);
    sk_file_drop(&system);
    return end;
}
