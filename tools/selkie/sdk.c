/* SPDX-License-Identifier: BSD-2-Clause */
#include "sdk.h"

#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <selkie/base/attr.h>

#include "../base/nearest.h"
#include "../cli/file.h"
#include "../cli/report.h"

enum { BEST_MAX = 256 };

static const char default_board[] = "qemu_virt_aarch64_el1";
static const char default_config[] = "debug";
static const char prefix_config_start[] = "sel4-"; /* of a configuration made for a prefix */

/* What this program needs of an installed seL4. */
static const char *const prefix_files[] = {
    [SK_SDK_PREFIX_KERNEL] = "bin/kernel.elf",
    [SK_SDK_PREFIX_CONFIG] = "libsel4/include/kernel/gen_config.json",
    [SK_SDK_PREFIX_DTB] = "support/kernel.dtb",
};

static SK_PRINTF(1, 2) char *text(const char *format, ...)
{
    char *s = NULL;
    va_list args;

    va_start(args, format);
    if (vasprintf(&s, format, args) < 0) {
        abort();
    }
    va_end(args);
    return s;
}

/* The directory that holds bin/, of which this program is a part. NULL: it was reported. */
static char *home(void)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

    if (n <= 0) {
        sk_report_error("cannot find this program's own folder: /proc is not mounted");
        sk_report_help("mount -t proc proc /proc");
        return NULL;
    }
    path[n] = '\0';
    for (int i = 0; i < 2; i++) {
        char *slash = strrchr(path, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
    }
    return text("%s", path);
}

static bool is_path(const char *board)
{
    return strchr(board, '/') != NULL || strstr(board, ".json") != NULL;
}

static const char *last_component(const char *path, size_t *ret_length)
{
    size_t end = strlen(path);

    while (end > 1 && path[end - 1] == '/') {
        end--;
    }
    size_t start = end;
    while (start > 0 && path[start - 1] != '/') {
        start--;
    }
    *ret_length = end - start;
    return path + start;
}

/* Is there a file that matches? Frees pattern. */
static bool has_match(char *pattern)
{
    glob_t found = {0};
    bool is_found = glob(pattern, GLOB_NOSORT, NULL, &found) == 0;

    globfree(&found);
    free(pattern);
    return is_found;
}

/*
 * The folder of all boards: board/ in an SDK, the build folder in a build tree. NULL: a
 * complaint was printed.
 */
static char *boards_folder(void)
{
    char *root = home();
    if (root == NULL) {
        return NULL;
    }
    char *boards = text("%s/board", root);
    if (sk_file_exists(boards)) {
        free(root);
        return boards;
    }
    free(boards);
    if (has_match(text("%s/*/*/board.json", root))) {
        return root;
    }
    sk_report_error("no boards were built beside this selkie: %s has none",
                    root[0] != '\0' ? root : "/");
    sk_report_help("build them with 'make'; or if this is a copy of selkie, run the one in its "
                   "SDK or build folder: a symbolic link to it works");
    free(root);
    return NULL;
}

/* Of the files that match pattern, the one whose name is nearest to word, or nothing. */
static void suggest_name(char *pattern, const char *word, char best[BEST_MAX])
{
    struct nearest n = {.word = word};
    glob_t found;

    best[0] = '\0';
    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++) {
            nearest_consider(&n, basename(found.gl_pathv[i]));
        }
        if (n.best != NULL) {
            snprintf(best, BEST_MAX, "%s", n.best);
        }
        globfree(&found);
    }
    free(pattern);
}

static bool refuse_name(const char *what, const char *name, const char *dir, const char *best,
                        const char *option)
{
    sk_report_error("there is no %s '%s' in %s", what, name, dir);
    if (best[0] != '\0') {
        return sk_report_help("did you mean %s %s?", option, best);
    }
    return sk_report_help("build it with 'make', or choose another with %s", option);
}

static bool is_for_prefix(const char *config)
{
    return strncmp(config, prefix_config_start, strlen(prefix_config_start)) == 0;
}

static bool help_prefix(void)
{
    return sk_report_help("this configuration is of an installed seL4: name its folder with "
                          "--sel4 or SEL4_PREFIX");
}

/* The folder <board>/<config>; NULL: a complaint about the one or the other was printed. */
static char *config_folder(const struct sk_options *options, const char *boards,
                           const char *board, const char *config)
{
    char *board_dir = text("%s/%s", boards, board);
    char *dir = text("%s/%s", board_dir, config);
    char best[BEST_MAX];

    if (!sk_file_exists(board_dir)) {
        suggest_name(text("%s/*_*", boards), board, best);
        refuse_name("board", board, boards, best, "--board");
    } else if (!sk_file_exists(dir) && options->config == NULL && options->sel4 == NULL &&
               is_for_prefix(config)) {
        sk_report_error("there is no configuration '%s' in %s", config, board_dir);
        help_prefix();
    } else if (!sk_file_exists(dir)) {
        suggest_name(text("%s/*", board_dir), config, best);
        refuse_name("configuration", config, board_dir, best, "--config");
    } else {
        free(board_dir);
        return dir;
    }
    free(board_dir);
    free(dir);
    return NULL;
}

/* The configuration made for an installed kernel, if something was built for it. */
static char *prefix_config(const char *boards, const char *board, const char *prefix)
{
    size_t length = 0;
    const char *name = last_component(prefix, &length);
    char *config = text("%s%.*s", prefix_config_start, (int)length, name);
    char *dir = text("%s/%s/%s", boards, board, config);

    if (!sk_file_exists(dir)) {
        free(config);
        config = NULL;
    }
    free(dir);
    return config;
}

/* NULL: a complaint has been printed. */
static char *find_folder(const struct sk_options *options, const char *board,
                         const char *built_config)
{
    char *boards = boards_folder();
    char *config = NULL;

    if (boards == NULL) {
        return NULL;
    }
    if (options->board != NULL && !is_path(options->board)) {
        board = options->board;
    } else if (board == NULL) {
        board = default_board;
    }
    if (options->config != NULL) {
        config = text("%s", options->config);
    } else if (options->sel4 != NULL) {
        config = prefix_config(boards, board, options->sel4);
    }
    if (config == NULL) {
        config = text("%s", built_config != NULL ? built_config : default_config);
    }
    char *dir = config_folder(options, boards, board, config);
    free(config);
    free(boards);
    return dir;
}

/* With every file named there is nothing to find. */
static bool needs_folder(const struct sk_options *o)
{
    return o->board == NULL || !is_path(o->board) || o->loader == NULL ||
           (o->sel4 == NULL && (o->kernel == NULL || o->dtb == NULL));
}

bool sk_sdk_check_prefix(const char *prefix)
{
    for (size_t i = 0; i < sizeof(prefix_files) / sizeof(prefix_files[0]); i++) {
        char *path = text("%s/%s", prefix, prefix_files[i]);
        bool is_there = sk_file_exists(path);
        free(path);
        if (!is_there) {
            sk_report_error("%s: not an installed seL4: it has no %s", prefix, prefix_files[i]);
            return sk_report_help("--sel4 (or SEL4_PREFIX) names the folder in which "
                                  "'ninja install' put bin, libsel4 and support");
        }
    }
    return true;
}

char *sk_sdk_in_prefix(const char *prefix, enum sk_sdk_prefix_file file)
{
    return text("%s/%s", prefix, prefix_files[file]);
}

/* The override, or what is in the prefix if there is one, or what is in dir. */
static char *choose(const char *override, const char *prefix, const char *in_prefix,
                    const char *dir, const char *in_dir)
{
    if (override != NULL) {
        return text("%s", override);
    }
    if (prefix != NULL && in_prefix != NULL) {
        return text("%s/%s", prefix, in_prefix);
    }
    return text("%s/%s", dir, in_dir);
}

static bool check_files(const struct sk_options *options, const char *config,
                        const struct sk_sdk *sdk)
{
    const struct {
        const char *path, *what, *option;
    } files[] = {
        {sdk->board, "board file", "--board"},
        {sdk->kernel, "kernel", "--kernel"},
        {sdk->dtb, "device tree", "--dtb"},
        {sdk->loader, "loader", "--loader"},
    };

    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        if (!sk_file_exists(files[i].path)) {
            sk_report_error("there is no %s at %s", files[i].what, files[i].path);
            if (files[i].path != sdk->board && options->sel4 == NULL && is_for_prefix(config)) {
                return help_prefix();
            }
            return sk_report_help("build it with 'make', or name another with %s",
                                  files[i].option);
        }
    }
    return true;
}

bool sk_sdk_find(const struct sk_options *options, const char *board, const char *config,
                 struct sk_sdk *ret_sdk)
{
    const char *prefix = options->kernel == NULL ? options->sel4 : NULL;

    if (prefix != NULL && !sk_sdk_check_prefix(prefix)) {
        return false;
    }
    char *dir = needs_folder(options) ? find_folder(options, board, config) : text(".");
    if (dir == NULL) {
        return false;
    }
    const char *board_file =
        options->board != NULL && is_path(options->board) ? options->board : NULL;
    struct sk_sdk sdk = {
        .board = choose(board_file, NULL, NULL, dir, "board.json"),
        .kernel = choose(options->kernel, prefix, prefix_files[SK_SDK_PREFIX_KERNEL], dir,
                         "elf/sel4.elf"),
        .kernel_config = prefix != NULL ? sk_sdk_in_prefix(prefix, SK_SDK_PREFIX_CONFIG) : NULL,
        .dtb = choose(options->dtb, options->sel4, prefix_files[SK_SDK_PREFIX_DTB], dir,
                      "elf/kernel.dtb"),
        .loader = choose(options->loader, NULL, NULL, dir, "elf/loader.elf"),
    };
    sdk.folder = dir;
    if (!check_files(options, basename(dir), &sdk)) {
        sk_sdk_drop(&sdk);
        return false;
    }
    *ret_sdk = sdk;
    return true;
}

/* The first board file of any configuration of this board, or NULL. */
static char *any_board_file(const char *boards, const char *board)
{
    char *pattern = text("%s/%s/*/board.json", boards, board);
    glob_t found = {0};
    char *path = glob(pattern, 0, NULL, &found) == 0 ? text("%s", found.gl_pathv[0]) : NULL;

    globfree(&found);
    free(pattern);
    return path;
}

bool sk_sdk_find_board(const struct sk_options *options, char **ret_path)
{
    /* Which kernel is the environment's choice does not matter here. */
    struct sk_options of_board = {.board = options->board, .config = options->config};

    if (options->board != NULL && is_path(options->board)) {
        *ret_path = text("%s", options->board);
        return true;
    }
    if (options->config == NULL) {
        char *boards = boards_folder();
        if (boards == NULL) {
            return false;
        }
        *ret_path =
            any_board_file(boards, options->board != NULL ? options->board : default_board);
        free(boards);
        if (*ret_path != NULL) {
            return true;
        }
    }
    char *dir = find_folder(&of_board, NULL, NULL);
    if (dir == NULL) {
        return false;
    }
    *ret_path = text("%s/board.json", dir);
    free(dir);
    return true;
}

bool sk_sdk_find_config(const struct sk_options *options, char **ret_board,
                        char **ret_kernel_config)
{
    bool is_named = options->board != NULL && is_path(options->board);

    if (options->sel4 != NULL && !sk_sdk_check_prefix(options->sel4)) {
        return false;
    }
    char *dir = is_named ? text(".") : find_folder(options, NULL, NULL);
    if (dir == NULL) {
        return false;
    }
    char *own_config = text("%s/include/kernel/gen_config.json", dir);
    *ret_board = choose(is_named ? options->board : NULL, NULL, NULL, dir, "board.json");
    *ret_kernel_config = NULL;
    if (options->sel4 != NULL) {
        *ret_kernel_config = sk_sdk_in_prefix(options->sel4, SK_SDK_PREFIX_CONFIG);
    } else if (!is_named && sk_file_exists(own_config)) {
        *ret_kernel_config = text("%s", own_config);
    }
    free(own_config);
    free(dir);
    return true;
}

void sk_sdk_drop(struct sk_sdk *sdk)
{
    free(sdk->folder);
    free(sdk->board);
    free(sdk->kernel);
    free(sdk->kernel_config);
    free(sdk->dtb);
    free(sdk->loader);
    *sdk = (struct sk_sdk){0};
}
