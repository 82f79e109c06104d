/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../tools/compose/compose.h"
#include "audit.h"

struct folder {
    struct sk_compose_finder finder;
    const char *path;
};

static char *in_folder(const char *folder, const char *name)
{
    char *path = NULL;

    if (asprintf(&path, "%s/%s", folder, name) < 0) {
        die("no memory");
    }
    return path;
}

/* As with selkie compose, the working directory comes first. */
static bool find(struct sk_compose_finder *self, const char *name, struct sk_image_file *ret)
{
    errno = ENOENT;
    return file_read(name, ret) ||
           file_read(in_folder(((struct folder *)self)->path, name), ret);
}

static json_t *read_json(const char *kit, const char *name)
{
    json_error_t error;
    json_t *json = json_load_file(in_folder(kit, name), 0, &error);

    if (json == NULL) {
        die("%s: %s", name, error.text);
    }
    return json;
}

/* What is in the kit, and where an image puts it. */
static struct sk_compose_kit open_kit(const char *kit, struct sk_image_parts *parts)
{
    struct sk_image_problem problem;
    struct sk_compose_kit k = {
        .board = "qemu_virt_aarch64_el1",
        .config = "debug",
        .kernel_config = read_json(kit, "gen_config.json"),
        .platform = read_json(kit, "platform_gen.json"),
        .kernel = file_must(in_folder(kit, "kernel.elf")),
        .initialiser = parts->root_task,
        .monitor = file_must(in_folder(kit, "monitor.elf")),
    };

    parts->kernel = k.kernel;
    parts->dtb = file_must(in_folder(kit, "kernel.dtb"));
    parts->loader = file_must(in_folder(kit, "loader.elf"));
    parts->loader_paddr = 0x70000000;
    parts->hides_dtb = true;
    if (!sk_image_place_file(parts, &k.places, &problem)) {
        die("%s", problem.what);
    }
    return k;
}

/* The initialiser knows by this letter whether the kernel is one that can be asked. */
static struct sk_image_file read_initialiser(const char *path, bool is_asked)
{
    static const char question[] = "audit: is a snapshot asked for? ";
    struct sk_image_file file = file_must(path);
    uint8_t *at = memmem(file.data, file.size, question, sizeof(question) - 1);

    if (at == NULL) {
        die("%s is no initialiser that audits", path);
    }
    at[sizeof(question) - 1] = is_asked ? 'y' : 'n';
    return file;
}

int make_image(char **arguments)
{
    const char *kit_path = arguments[0], *out = arguments[4], *model = arguments[5];
    bool is_ours = strcmp(arguments[6], "ours") == 0;
    struct sk_image_parts parts = {.root_task = read_initialiser(arguments[1], is_ours)};
    struct sk_compose_kit kit = open_kit(kit_path, &parts);
    struct folder folder = {{find}, arguments[3]};
    struct sk_compose_options options = {
        .system = file_must(arguments[2]),
        .finder = &folder.finder,
        .kit = &kit,
        .allows_extensions = true,
        .wants_model_json = true,
    };
    struct sk_compose_result result = {0};
    struct sk_image_problem problem;
    struct sk_image image;

    if (!sk_compose(&options, &result)) {
        return 1;
    }
    parts.pages = (struct sk_image_file){"pages", result.pages, result.pages_size};
    if (arguments[7] != NULL) {
        damage_spec(&parts.pages, arguments[7]);
    }
    if (!sk_image_pack_file(&parts, SK_IMAGE_BINARY, &image, &problem)) {
        die("%s", problem.what);
    }
    file_write(out, image.data, image.size);
    file_write(model, result.model_json.data, result.model_json.size);
    return 0;
}
