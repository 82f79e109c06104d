/* SPDX-License-Identifier: BSD-2-Clause */
#include "sdk.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../cli/file.h"
#include "../cli/report.h"
#include "../compose/front/kernel.h"

static char *join(struct arena *arena, const char *folder, const char *name)
{
    return arena_printf(arena, "%s/%s", folder, name);
}

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The folder of all boards: board/ of the SDK, or the build folder that this program is in. */
static const char *boards_folder(struct arena *arena)
{
    const char *named = getenv("MICROKIT_SDK");
    char path[PATH_MAX];

    if (named != NULL && named[0] != '\0') {
        char *boards = join(arena, named, "board");
        if (!is_folder(boards)) {
            sk_report_error("MICROKIT_SDK=%s: there is no SDK: it has no folder board", named);
            sk_report_help("name the folder that 'make sdk' wrote, or unset MICROKIT_SDK");
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
    char *boards = join(arena, path, "board");
    if (is_folder(boards)) {
        return boards;
    }
    return arena_printf(arena, "%s", path);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Has a folder in this one, or that itself, a folder elf? */
static bool has_elf(struct arena *arena, const char *folder, bool is_board)
{
    struct dirent **entries = NULL;
    char *elf = join(arena, folder, "elf");
    bool has = !is_board && is_folder(elf);
    int count = is_board ? scandir(folder, &entries, is_visible, NULL) : 0;

    for (int i = 0; i < count; i++) {
        char *path = join(arena, folder, entries[i]->d_name);
        has = has || has_elf(arena, path, false);
        free(entries[i]);
    }
    free(entries);
    return has;
}

/* Complain about the name of a board or of a configuration; say which there are in folder. */
static bool refuse(struct arena *arena, const char *argument, const char *name,
                   const char *folder, bool is_board)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_visible, alphasort);
    char *choices = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&choices, &size);

    for (int i = 0; i < count; i++) {
        char *path = join(arena, folder, entries[i]->d_name);
        if (has_elf(arena, path, is_board)) {
            fprintf(out, "%s'%s'", ftell(out) > 0 ? ", " : "", entries[i]->d_name);
        }
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

bool sdk_find(struct arena *arena, const struct options *options,
              struct sk_front_files *ret_files)
{
    const char *boards = boards_folder(arena);

    if (boards == NULL) {
        return false;
    }
    char *board = join(arena, boards, options->board);
    if (!is_name(options->board) || !is_folder(board)) {
        return refuse(arena, "--board", options->board, boards, true);
    }
    char *config = join(arena, board, options->config);
    if (!is_name(options->config) || !is_folder(config)) {
        return refuse(arena, "--config", options->config, board, false);
    }
    *ret_files = (struct sk_front_files){
        .board = join(arena, config, "board.json"),
        .kernel =
            options->kernel != NULL ? options->kernel : join(arena, config, "elf/sel4.elf"),
        .kernel_config = join(arena, config, "include/kernel/gen_config.json"),
        .platform = join(arena, config, "platform_gen.json"),
        .dtb = join(arena, config, "elf/kernel.dtb"),
        .loader = join(arena, config, "elf/loader.elf"),
        .initialiser = join(arena, config, "elf/initialiser.elf"),
        .monitor = join(arena, config, "elf/monitor.elf"),
    };
    /* A classic kernel's SDK has no initialiser: that it is one, is what is wrong. */
    return (!sk_file_exists(ret_files->kernel_config) ||
            sk_kernel_check_file(ret_files->kernel_config)) &&
           check_files(ret_files);
}
