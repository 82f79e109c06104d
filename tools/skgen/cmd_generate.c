/* SPDX-License-Identifier: BSD-2-Clause */
#include "cmd.h"
#include "emit.h"

#include <stdio.h>
#include <string.h>

static const char usage[] =
    "skgen generate --idl idl/sel4 --kernel-config FILE --libsel4-config FILE "
    "[--sel4 PREFIX] --board NAME --config NAME --out DIR [--docs DIR]";

/* Board and configuration names go into an assembler string. */
static void check_name(const char *what, const char *name)
{
    if (strpbrk(name, "\"\\\n\r") != NULL || *name == '\0') {
        refuse((struct place){0}, "use letters, digits, '-' and '_'", "%s '%s' is not a name",
               what, name);
    }
}

int cmd_generate(struct arena *a, int argc, char **argv)
{
    const char *folder = NULL;
    const char *kernel = NULL;
    const char *libsel4 = NULL;
    const char *prefix = NULL;
    struct outputs outputs = {0};
    struct gen g = {.arena = a, .outputs = &outputs};
    const struct option options[] = {
        {"idl", &folder, true},    {"kernel-config", &kernel, true},
        {"sel4", &prefix, false},  {"libsel4-config", &libsel4, true},
        {"board", &g.board, true}, {"config", &g.config_name, true},
        {"out", &g.out, true},     {"docs", &g.docs, false},
    };
    cmd_options(a, argc, argv, options, sizeof(options) / sizeof(options[0]), usage);
    check_name("board", g.board);
    check_name("configuration", g.config_name);

    struct config config = {0};
    config_read_known(a, &config, arena_printf(a, "%s/config_symbols.txt", folder));
    config.kernel = symbols_read(a, kernel, "kernel/gen_config.json");
    config.libsel4 = symbols_read(a, libsel4, "sel4/gen_config.json");
    struct idl idl;
    idl_read(&idl, a, &config, folder, prefix);
    g.config = &config;
    g.idl = &idl;
    gen_all(&g);
    out_write(a, &outputs);
    return 0;
}
