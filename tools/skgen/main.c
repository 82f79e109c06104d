/*
 * skgen: C out of the description of seL4's interface, for one kernel configuration; and out of
 * descriptions of protocols between programs.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "cmd.h"

#include <stdio.h>

enum { MOST_OPTIONS = 16 };

static const char usage[] = "use: skgen config ..., skgen generate ... or skgen rpc ...";

static const struct option *find_option(const struct option *options, size_t option_count,
                                        const char *name)
{
    for (size_t i = 0; i < option_count; i++) {
        if (str_equal(options[i].name, name)) {
            return &options[i];
        }
    }
    return NULL;
}

void cmd_options(struct arena *a, int argc, char **argv, const struct option *options,
                 size_t option_count, const char *help)
{
    for (int i = 0; i < argc; i += 2) {
        const struct option *option =
            str_starts(argv[i], "--") ? find_option(options, option_count, argv[i] + 2) : NULL;
        if (option == NULL) {
            const char *names[MOST_OPTIONS] = {NULL};
            for (size_t k = 0; k < option_count && k < MOST_OPTIONS; k++) {
                names[k] = arena_printf(a, "--%s", options[k].name);
            }
            refuse((struct place){0}, suggest(a, argv[i], names, option_count, help),
                   "unknown option '%s'", argv[i]);
        }
        if (i + 1 == argc) {
            refuse((struct place){0}, help, "option '%s' needs a value", argv[i]);
        }
        *option->ret_value = argv[i + 1];
    }
    for (size_t i = 0; i < option_count; i++) {
        if (options[i].is_needed && *options[i].ret_value == NULL) {
            refuse((struct place){0}, help, "option '--%s' is missing", options[i].name);
        }
    }
}

int main(int argc, char **argv)
{
    static const char *const verbs[] = {"config", "generate", "rpc"};
    struct arena arena = {0};
    int status = SKGEN_EXIT_BAD_INPUT;
    if (argc < 2) {
        refuse((struct place){0}, usage, "no command given");
    }
    if (str_equal(argv[1], "generate")) {
        status = cmd_generate(&arena, argc - 2, argv + 2);
    } else if (str_equal(argv[1], "config")) {
        status = cmd_config(&arena, argc - 2, argv + 2);
    } else if (str_equal(argv[1], "rpc")) {
        status = cmd_rpc(&arena, argc - 2, argv + 2);
    } else if (str_equal(argv[1], "--help") || str_equal(argv[1], "-h")) {
        puts(usage);
        status = 0;
    } else {
        refuse((struct place){0}, suggest(&arena, argv[1], verbs, 3, usage),
               "unknown command '%s'", argv[1]);
    }
    arena_fini(&arena);
    return status;
}
