/*
 * What bin/microkit and `selkie compose` share: files in, the composer, files out.
 *
 * kernel.c says which kernels will do; kit.c reads the SDK's files and lays out the image they
 * will be in; find.c looks for what a description names; front.c composes, packs and writes.
 * All of them complain on standard error by the tool's name (../../cli/report.h).
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "../../image/image.h"

/* Paths of the files that an image is composed with. */
struct sk_front_files {
    const char *board; /* board.json */
    const char *kernel;
    const char *kernel_config; /* gen_config.json, which kernel.h's functions accept */
    const char *platform;      /* platform_gen.json */
    const char *dtb;
    const char *loader;
    const char *initialiser;
    const char *monitor; /* may not be there */
};

struct sk_front_options {
    const char *system; /* the description */
    const char *board;  /* names, for messages */
    const char *config;
    struct sk_front_files files;
    const char *const *search; /* folders, in which to look after the working directory */
    size_t search_count;
    bool allows_extensions; /* of the description: sk:... */
    bool check_only;        /* look at the description, and no further; headers are written */

    /* What to write, and where; NULL: not wanted. */
    const char *image;
    enum sk_image_type image_type;
    const char *report;
    const char *report_json;
    const char *model_json;
    const char *cdl;
    const char *dot;
    const char *headers; /* folders, made if need be */
    const char *viper;
};

enum sk_front_result {
    SK_FRONT_DONE,
    SK_FRONT_REFUSED, /* by what the description, or a file that it names, says */
    SK_FRONT_FAILED,  /* a file of the SDK is wrong, or one cannot be written */
};

/* Compose, and write all that is wanted, or nothing. What is wrong has been printed. */
enum sk_front_result sk_front_compose(const struct sk_front_options *options);
