/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/nearest.h"
#include "../cli/report.h"

static const char usage[] =
    "usage: microkit [-h] [-o OUTPUT] [--image-type {binary,elf,uimage}] --board BOARD\n"
    "                --config CONFIG [-r REPORT] [--capdl-json FILE]\n"
    "                [--viper-output FOLDER] [--override-kernel FILE]\n"
    "                [--search-path [FOLDER ...]] system\n"
    "\n"
    "  system             the system description\n"
    "  -o, --output       the image: loader.img unless given\n"
    "  --image-type       binary (the default) or elf\n"
    "  --board, --config  for what it is: the names of folders in the SDK's board/\n"
    "  -r, --report       what the system is made of: report.txt unless given\n"
    "  --capdl-json       objects and capabilities as JSON\n"
    "  --viper-output     what each domain has in its slots, for the Viper verifiers\n"
    "  --override-kernel  this kernel ELF instead of the SDK's\n"
    "  --search-path      where the files that the description names are, besides here\n"
    "  -h, --help         this text\n"
    "\n"
    "The SDK is the one that this program is in, or that MICROKIT_SDK names.\n"
    "What Microkit does not have, `selkie compose` has.\n";

struct option {
    const char *name, *short_name;
    size_t offset; /* in struct options, of a text */
};

#define FIELD(f) offsetof(struct options, f)

static const struct option table[] = {
    {"--output", "-o", FIELD(image)},          {"--report", "-r", FIELD(report)},
    {"--board", NULL, FIELD(board)},           {"--config", NULL, FIELD(config)},
    {"--image-type", NULL, FIELD(image_type)}, {"--capdl-json", NULL, FIELD(capdl_json)},
    {"--viper-output", NULL, FIELD(viper)},    {"--override-kernel", NULL, FIELD(kernel)},
};

enum { OPTION_COUNT = sizeof(table) / sizeof(table[0]) };

static const struct option *find(const char *name)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (strcmp(table[i].name, name) == 0 ||
            (table[i].short_name != NULL && strcmp(table[i].short_name, name) == 0)) {
            return &table[i];
        }
    }
    return NULL;
}

static bool unknown(const char *arg)
{
    struct nearest n = {.word = arg};

    for (size_t i = 0; i < OPTION_COUNT; i++) {
        nearest_consider(&n, table[i].name);
    }
    nearest_consider(&n, "--search-path");
    sk_report_error("unrecognised argument: %s", arg);
    return n.best != NULL ? sk_report_help("did you mean '%s'?", n.best)
                          : sk_report_help("microkit -h");
}

/* The folders at argv[*i] and behind, up to the next option. */
static void read_search(int argc, char **argv, int *i, struct options *options)
{
    while (*i + 1 < argc && argv[*i + 1][0] != '-') {
        options->search[options->search_count++] = argv[++*i];
    }
}

static bool read_argument(int argc, char **argv, int *i, struct options *options)
{
    const char *arg = argv[*i];
    const struct option *o = find(arg);

    if (strcmp(arg, "--search-path") == 0) {
        read_search(argc, argv, i, options);
        return true;
    }
    if (o != NULL && *i + 1 == argc) {
        sk_report_error("argument %s: expected one argument", arg);
        return sk_report_help("microkit -h");
    }
    if (o != NULL) {
        *(const char **)((char *)options + o->offset) = argv[++*i];
        return true;
    }
    if (arg[0] == '-') {
        return unknown(arg);
    }
    if (options->system != NULL) {
        sk_report_error("unrecognised argument: %s (the system is %s)", arg, options->system);
        return sk_report_help("microkit -h");
    }
    options->system = arg;
    return true;
}

static bool check_required(const struct options *options)
{
    const struct {
        const char *name, *value;
    } required[] = {
        {"system", options->system},
        {"--board", options->board},
        {"--config", options->config},
    };
    char missing[64] = "";

    for (size_t i = 0; i < sizeof(required) / sizeof(required[0]); i++) {
        if (required[i].value == NULL) {
            strcat(strcat(missing, missing[0] != '\0' ? ", " : ""), required[i].name);
        }
    }
    if (missing[0] == '\0') {
        return true;
    }
    sk_report_error("the following arguments are required: %s", missing);
    return sk_report_help("microkit hello.system --board BOARD --config debug "
                          "--search-path build");
}

bool options_read(int argc, char **argv, struct options *ret_options)
{
    struct options options = {
        .image = "loader.img",
        .image_type = "binary",
        .report = "report.txt",
        .search = calloc((size_t)argc + 1, sizeof(*options.search)),
    };
    bool is_read = options.search != NULL;

    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0) {
            options.wants_help = true;
        }
    }
    for (int i = 0; is_read && !options.wants_help && i < argc; i++) {
        is_read = read_argument(argc, argv, &i, &options);
    }
    if (!is_read || (!options.wants_help && !check_required(&options))) {
        options_drop(&options);
        return false;
    }
    *ret_options = options;
    return true;
}

void options_drop(struct options *options)
{
    free(options->search);
    *options = (struct options){0};
}

void options_print_usage(void)
{
    fputs(usage, stdout);
}
