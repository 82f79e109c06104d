/*
 * boot-predict KERNEL DTB LOADER ROOT CONFIG PLATFORM PAGES HOW OUT: an image with so many
 * pages behind the root task, and what that root task will find, on standard output. HOW is
 * "dtb", or "bare": the kernel is given no device tree.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../../tools/compose/boot.h"

enum { KERNEL = 1, DTB, LOADER, ROOT, CONFIG, PLATFORM, PAGES, HOW, OUT, ARGUMENT_COUNT };

static void stop_unless(bool is_good, const char *what)
{
    if (!is_good) {
        fprintf(stderr, "boot-predict: %s\n", what);
        exit(1);
    }
}

static struct sk_image_file read_file(const char *name)
{
    FILE *in = fopen(name, "rb");

    stop_unless(in != NULL && fseek(in, 0, SEEK_END) == 0, name);
    long size = ftell(in);
    rewind(in);
    uint8_t *data = malloc((size_t)size + 1);
    stop_unless(data != NULL && fread(data, 1, (size_t)size, in) == (size_t)size, name);
    fclose(in);
    return (struct sk_image_file){name, data, (size_t)size};
}

static json_t *read_json(const char *name)
{
    json_t *root = json_load_file(name, 0, NULL);

    stop_unless(root != NULL, name);
    return root;
}

static void print(const struct sk_init *in)
{
    for (uint32_t i = 0; i < in->untyped_count; i++) {
        const struct sk_init_untyped *u = &in->untypeds[i];
        printf("untyped %" PRIu32 ": 0x%" PRIx64 ", %u bits%s\n", u->slot, u->paddr,
               u->size_bits, u->is_device ? ", device" : "");
    }
    printf("image %" PRIu32 " to %" PRIu32 ", empty from %" PRIu32 " to %" PRIu32
           ", time %" PRIu32 "\n",
           in->image_start, in->image_end, in->first_slot, in->end_slot, in->sched_control);
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    struct sk_image_problem problem;
    struct sk_image image;
    struct sk_init *in = arena_take(&arena, sizeof(*in));

    stop_unless(argc == ARGUMENT_COUNT, "nine arguments are wanted");
    struct sk_image_parts parts = {
        .kernel = read_file(argv[KERNEL]),
        .dtb = read_file(argv[DTB]),
        .loader = read_file(argv[LOADER]),
        .root_task = read_file(argv[ROOT]),
        .loader_paddr = 0x70000000,
        .hides_dtb = strcmp(argv[HOW], "bare") == 0,
    };
    struct sk_compose_kit kit = {
        .kernel = parts.kernel,
        .kernel_config = read_json(argv[CONFIG]),
        .platform = read_json(argv[PLATFORM]),
    };
    stop_unless(sk_image_place_file(&parts, &kit.places, &problem), problem.what);
    parts.pages.name = "pages";
    parts.pages.size = strtoul(argv[PAGES], NULL, 0) * 4096;
    parts.pages.data = arena_take(&arena, parts.pages.size);
    stop_unless(sk_boot_predict(&arena, &kit, parts.pages.size, in), "it would not boot");
    print(in);
    stop_unless(sk_image_pack_file(&parts, SK_IMAGE_BINARY, &image, &problem), problem.what);

    FILE *out = fopen(argv[OUT], "wb");
    stop_unless(out != NULL && fwrite(image.data, 1, image.size, out) == image.size &&
                    fclose(out) == 0,
                argv[OUT]);
    sk_image_drop(&image);
    json_decref(kit.kernel_config);
    json_decref(kit.platform);
    free((void *)parts.kernel.data);
    free((void *)parts.dtb.data);
    free((void *)parts.loader.data);
    free((void *)parts.root_task.data);
    arena_fini(&arena);
    return 0;
}
