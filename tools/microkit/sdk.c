/* SPDX-License-Identifier: BSD-2-Clause */
#include "sdk.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../selkie/file.h"
#include "../selkie/report.h"

static char *join(const char *folder, const char *name)
{
    char *path = NULL;

    if (asprintf(&path, "%s/%s", folder, name) < 0) {
        abort();
    }
    return path;
}

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The folder of all boards: board/ of the SDK, or the build folder that this program is in. */
static char *boards_folder(void)
{
    const char *named = getenv("MICROKIT_SDK");
    char path[PATH_MAX];

    if (named != NULL && named[0] != '\0') {
        char *boards = join(named, "board");
        if (!is_folder(boards)) {
            sk_report_error("MICROKIT_SDK=%s: there is no SDK: it has no folder board", named);
            sk_report_help("name the folder that 'make sdk' wrote, or unset MICROKIT_SDK");
            free(boards);
            return NULL;
        }
        return boards;
    }
    ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);
    path[n > 0 ? n : 0] = '\0';
    for (int i = 0; i < 2; i++) {
        char *slash = strrchr(path, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
    }
    char *boards = join(path, "board");
    if (is_folder(boards)) {
        return boards;
    }
    free(boards);
    return strdup(path);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Has a folder in this one, or that itself, a folder elf? */
static bool has_elf(const char *folder, bool is_board)
{
    struct dirent **entries = NULL;
    char *elf = join(folder, "elf");
    bool has = !is_board && is_folder(elf);
    int count = is_board ? scandir(folder, &entries, is_visible, NULL) : 0;

    for (int i = 0; i < count; i++) {
        char *path = join(folder, entries[i]->d_name);
        has = has || has_elf(path, false);
        free(path);
        free(entries[i]);
    }
    free(entries);
    free(elf);
    return has;
}

/* Complain about the name of a board or of a configuration; say which there are in folder. */
static bool refuse(const char *argument, const char *name, const char *folder, bool is_board)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_visible, alphasort);
    char *choices = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&choices, &size);

    for (int i = 0; i < count; i++) {
        char *path = join(folder, entries[i]->d_name);
        if (has_elf(path, is_board)) {
            fprintf(out, "%s'%s'", ftell(out) > 0 ? ", " : "", entries[i]->d_name);
        }
        free(path);
        free(entries[i]);
    }
    free(entries);
    fclose(out);
    sk_report_error("argument %s: invalid choice: '%s'", argument, name);
    if (size > 0) {
        sk_report_help("choose from %s", choices);
    } else {
        sk_report_help("%s has none: make the SDK again, or name another by MICROKIT_SDK",
                       folder);
    }
    free(choices);
    return false;
}

/* A name that is one folder's, and not a path to somewhere else. */
static bool is_name(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

static bool check_files(const struct sk_front_files *files)
{
    const char *const needed[] = {
        files->board,  files->kernel_config, files->platform,    files->dtb,
        files->kernel, files->loader,        files->initialiser,
    };

    for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
        if (!sk_file_exists(needed[i])) {
            sk_report_error("there is no %s", needed[i]);
            return needed[i] == files->kernel
                       ? sk_report_help("make the SDK again, or name a kernel that is there")
                       : sk_report_help("the SDK is not complete: make it again");
        }
    }
    return true;
}

bool sdk_find(const struct options *options, struct sk_front_files *ret_files)
{
    char *boards = boards_folder();

    if (boards == NULL) {
        return false;
    }
    char *board = join(boards, options->board);
    if (!is_name(options->board) || !is_folder(board)) {
        return refuse("--board", options->board, boards, true);
    }
    char *config = join(board, options->config);
    if (!is_name(options->config) || !is_folder(config)) {
        return refuse("--config", options->config, board, false);
    }
    *ret_files = (struct sk_front_files){
        .board = join(config, "board.json"),
        .kernel = options->kernel != NULL ? options->kernel : join(config, "elf/sel4.elf"),
        .kernel_config = join(config, "include/kernel/gen_config.json"),
        .platform = join(config, "platform_gen.json"),
        .dtb = join(config, "elf/kernel.dtb"),
        .loader = join(config, "elf/loader.elf"),
        .initialiser = join(config, "elf/initialiser.elf"),
        .monitor = join(config, "elf/monitor.elf"),
    };
    return check_files(ret_files);
}
