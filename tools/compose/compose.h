/*
 * From a system description to what a bootable image is made of: the composer's one entry.
 *
 * sk_compose() neither reads nor writes files. Its caller, front/, which bin/microkit and
 * `selkie compose` share, has read the SDK's, finds those that a description names, packs the
 * result with sk_image_pack_file(), and writes what was asked for. So the composer gives equal
 * results for equal inputs, and tests call it with bytes.
 *
 *     description, programs -> model -> initialiser, and pages behind it
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "../image/image.h"

/* The SDK's files for a board and a configuration, and what follows from them. */
struct sk_compose_kit {
    const char *board;           /* names: "qemu_virt_aarch64_el1" */
    const char *config;          /* "debug" */
    json_t *kernel_config;       /* the kernel's gen_config.json */
    json_t *platform;            /* platform_gen.json: {memory, devices: [{start, end}]} */
    json_t *interrupts;          /* the board file's: {count, kernel: [number]} */
    struct sk_image_file kernel; /* ELF files */
    struct sk_image_file initialiser;
    struct sk_image_file monitor; /* no data: this kit has none, and nobody is told of faults */

    /*
     * Where the image will put what, if no pages follow the initialiser: with n bytes of them,
     * places.user_end is n larger, and nothing else changes. The kernel gets no device tree if
     * places.dtb_end is 0.
     */
    struct sk_image_places places;
};

/* Finds the files that a description names. */
struct sk_compose_finder {
    /*
     * The file called name, the first in the folders to be searched. Its contents stay until
     * the composer's caller is done. False, with errno set (ESPIPE: it is neither file nor
     * folder): it is not there, or unreadable; then ret->name may be set to where it is, until
     * the next call.
     */
    bool (*find)(struct sk_compose_finder *self, const char *name, struct sk_image_file *ret);
};

struct sk_compose_options {
    struct sk_image_file system; /* the description */
    struct sk_compose_finder *finder;
    const struct sk_compose_kit *kit;
    bool allows_extensions; /* elements and attributes sk:... */
    bool check_only; /* stop after the description; no program that it names need be there */

    /* Which texts are wanted. */
    bool wants_report; /* for people */
    bool wants_report_json;
    bool wants_model_json;
    bool wants_cdl;
    bool wants_dot;
    bool wants_headers;
    bool wants_viper;
};

/* A text that ends with a zero byte, or {0}: not asked for. */
struct sk_compose_text {
    char *data;
    size_t size; /* bytes, without the zero */
};

/* A text of one domain: "client.h", "client.vpr". */
struct sk_compose_header {
    char *name;
    struct sk_compose_text text;
};

/* All of it is owned, and allocated with malloc. {0} owns nothing. */
struct sk_compose_result {
    uint8_t *initialiser;    /* an ELF file: the kit's, perhaps patched, of the same size */
    size_t initialiser_size; /* bytes */
    uint8_t *pages;          /* what lies behind it: the specification, then contents */
    size_t pages_size;       /* bytes, whole pages */

    struct sk_compose_text report;
    struct sk_compose_text report_json;
    struct sk_compose_text model_json;
    struct sk_compose_text cdl;
    struct sk_compose_text dot;
    struct sk_compose_header *headers;
    size_t header_count;
    struct sk_compose_header *viper; /* the capabilities of each, for verifiers */
    size_t viper_count;
};

/*
 * Compose a system. Errors, and warnings, are printed to standard error, each with its place in
 * the description. False: there were errors, and ret_result is untouched. With check_only the
 * result has headers, if they are wanted, and nothing else: programs are compiled with them.
 */
bool sk_compose(const struct sk_compose_options *options, struct sk_compose_result *ret_result);

/* Free a result. */
void sk_compose_result_drop(struct sk_compose_result *result);
