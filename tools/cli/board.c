/* SPDX-License-Identifier: BSD-2-Clause */
#include "board.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "report.h"

static const char help[] = "boards/README.md describes board files; choose one with --board";

/* The member of an object that must be of a type. */
static json_t *member(const char *path, json_t *object, const char *where, const char *key,
                      json_type type)
{
    json_t *value = json_object_get(object, key);

    if (value == NULL) {
        sk_report_error("%s: key \"%s%s\" is missing", path, where, key);
        return NULL;
    }
    if (json_typeof(value) != type) {
        sk_report_error("%s: key \"%s%s\" is not %s", path, where, key,
                        type == JSON_OBJECT  ? "an object"
                        : type == JSON_ARRAY ? "an array"
                                             : "a string");
        return NULL;
    }
    return value;
}

static bool read_args(const char *path, json_t *args, struct sk_board *board)
{
    board->args = calloc(json_array_size(args) + 1, sizeof(char *));
    if (board->args == NULL) {
        return sk_report_error("%s: out of memory", path);
    }
    for (size_t i = 0; i < json_array_size(args); i++) {
        const char *arg = json_string_value(json_array_get(args, i));
        if (arg == NULL) {
            return sk_report_error("%s: key \"qemu.args\": element %zu is not a string", path,
                                   i);
        }
        board->args[board->arg_count++] = strdup(arg);
        board->has_hypervisor |= strstr(arg, "virtualization=on") != NULL;
    }
    return true;
}

static bool read_board(const char *path, json_t *root, struct sk_board *board)
{
    json_t *qemu = member(path, root, "", "qemu", JSON_OBJECT);
    json_t *loader = qemu == NULL ? NULL : member(path, root, "", "loader", JSON_OBJECT);
    json_t *base = loader == NULL ? NULL : member(path, loader, "loader.", "base", JSON_STRING);
    json_t *binary = base == NULL ? NULL : member(path, qemu, "qemu.", "binary", JSON_STRING);
    json_t *args = binary == NULL ? NULL : member(path, qemu, "qemu.", "args", JSON_ARRAY);
    const char *package = json_string_value(json_object_get(qemu, "package"));
    char *end = NULL;

    if (args == NULL || !read_args(path, args, board)) {
        return false;
    }
    errno = 0;
    board->loader_paddr = strtoull(json_string_value(base), &end, 0);
    if (errno != 0 || end == json_string_value(base) || *end != '\0') {
        return sk_report_error("%s: key \"loader.base\": '%s' is not an address", path,
                               json_string_value(base));
    }
    board->qemu = strdup(json_string_value(binary));
    board->package = strdup(package != NULL ? package : "qemu-system-arm");
    return true;
}

bool sk_board_read(const char *path, struct sk_board *ret_board)
{
    struct sk_file file = {0};
    struct sk_board board = {0};
    json_error_t error;

    if (!sk_file_read(path, "the board file", &file)) {
        return false;
    }
    json_t *root =
        json_loadb((const char *)file.data, file.size, JSON_REJECT_DUPLICATES, &error);
    sk_file_drop(&file);
    if (root == NULL) {
        sk_report_error("%s:%d:%d: %s", path, error.line, error.column, error.text);
        return sk_report_help("%s", help);
    }
    bool is_read = read_board(path, root, &board);
    json_decref(root);
    if (!is_read) {
        sk_board_drop(&board);
        return sk_report_help("%s", help);
    }
    *ret_board = board;
    return true;
}

bool sk_board_fits(const struct sk_board *board, const char *kernel, bool wants_hypervisor)
{
    if (!wants_hypervisor || board->has_hypervisor) {
        return true;
    }
    sk_report_error("%s: this kernel is a hypervisor and runs at EL2; the board starts at EL1 "
                    "(qemu.args is without virtualization=on)",
                    kernel);
    return sk_report_help("choose a kernel without hypervisor support "
                          "(-DKernelArmHypervisorSupport=OFF), or another board");
}

void sk_board_drop(struct sk_board *board)
{
    for (size_t i = 0; i < board->arg_count; i++) {
        free(board->args[i]);
    }
    free(board->args);
    free(board->qemu);
    free(board->package);
    *board = (struct sk_board){0};
}
