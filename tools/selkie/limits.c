/* SPDX-License-Identifier: BSD-2-Clause */
#include "limits.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../cli/file.h"
#include "../cli/report.h"
#include "../compose/front/kernel.h"

static json_t *load(const char *path, const char *what)
{
    struct sk_file file = {0};
    json_error_t error;

    if (!sk_file_read(path, what, &file)) {
        return NULL;
    }
    json_t *root =
        json_loadb((const char *)file.data, file.size, JSON_REJECT_DUPLICATES, &error);
    sk_file_drop(&file);
    if (root == NULL) {
        sk_report_error("%s:%d:%d: %s", path, error.line, error.column, error.text);
        sk_report_help("choose another with --board or --sel4");
    }
    return root;
}

static bool refuse(const char *path, const char *key)
{
    sk_report_error("%s: key \"%s\" is missing, or not what it should be", path, key);
    return sk_report_help("boards/README.md describes board files; choose one with --board");
}

static bool address(json_t *object, const char *key, uint64_t *ret_value)
{
    const char *text = json_string_value(json_object_get(object, key));
    char *end = NULL;

    if (text == NULL) {
        return false;
    }
    errno = 0;
    *ret_value = strtoull(text, &end, 0);
    return errno == 0 && end != text && *end == '\0';
}

/* An array of {start, end}, sorted and apart in the file. */
static bool read_ranges(json_t *array, struct sk_sdf_range **ret_ranges, size_t *ret_count)
{
    size_t count = json_array_size(array);
    struct sk_sdf_range *ranges = calloc(count + 1, sizeof(*ranges));

    *ret_ranges = ranges;
    *ret_count = count;
    for (size_t i = 0; ranges != NULL && i < count; i++) {
        json_t *range = json_array_get(array, i);
        if (!address(range, "start", &ranges[i].start) ||
            !address(range, "end", &ranges[i].end) || ranges[i].start > ranges[i].end) {
            return false;
        }
    }
    return ranges != NULL && json_is_array(array);
}

static bool read_board(const char *path, json_t *board, struct sk_limits *limits)
{
    const char *name = json_string_value(json_object_get(board, "name"));
    struct sk_sdf_limits *l = &limits->limits;

    if (name == NULL) {
        return refuse(path, "name");
    }
    limits->board = strdup(name);
    l->board = limits->board;
    if (!read_ranges(json_object_get(board, "memory"), &limits->memory, &l->memory_count)) {
        return refuse(path, "memory");
    }
    if (!read_ranges(json_object_get(board, "devices"), &limits->devices, &l->device_count)) {
        return refuse(path, "devices");
    }
    if (!sk_limits_of_interrupts(json_object_get(board, "interrupts"), l)) {
        return refuse(path, "interrupts");
    }
    l->memory = limits->memory;
    l->devices = limits->devices;
    return true;
}

bool sk_limits_read(const char *board_path, const char *config, const char *kernel_config,
                    struct sk_limits *ret_limits)
{
    struct sk_limits limits = {0};
    json_t *board = load(board_path, "the board file");
    json_t *kernel = board != NULL && kernel_config != NULL
                         ? load(kernel_config, "the kernel's configuration")
                         : NULL;
    bool is_good = board != NULL && (kernel_config == NULL || kernel != NULL) &&
                   read_board(board_path, board, &limits);

    if (is_good) {
        char sdk_config[64];
        snprintf(sdk_config, sizeof(sdk_config), "sdk-%s", config);
        struct sk_symbols s = {.common = kernel};
        if (kernel == NULL) {
            s.common = json_object_get(board, "kernel_config");
            s.own = json_object_get(json_object_get(board, "configs"), sdk_config);
        }
        is_good = (json_is_object(s.common) || refuse(board_path, "kernel_config")) &&
                  sk_kernel_check(kernel != NULL ? kernel_config : board_path, &s);
        sk_limits_of_kernel(&s, &limits.limits);
    }
    json_decref(kernel);
    json_decref(board);
    if (!is_good) {
        sk_limits_drop(&limits);
        return false;
    }
    *ret_limits = limits;
    return true;
}

void sk_limits_drop(struct sk_limits *limits)
{
    free(limits->board);
    free(limits->memory);
    free(limits->devices);
    *limits = (struct sk_limits){0};
}
