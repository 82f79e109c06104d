/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "../base/nearest.h"
#include "../cli/report.h"
#include "../cli/standard.h"
#include "selkie.h"

const char sk_report_name[] = "selkie";

const struct sk_verb sk_verbs[] = {
    {"run", "ELF", "boot a root task, or an image, under QEMU; ends with its status",
     SK_OPTION_INPUTS | SK_OPTION_RUN, true, false, NULL, sk_cmd_run},
    {"image", "ELF -o FILE", "pack kernel, device tree and root task into one bootable file",
     SK_OPTION_INPUTS | SK_OPTION_OUTPUT, true, false, NULL, sk_cmd_image},
    {"compose", "FILE -o IMAGE", "make an image of a system description; 1: it has errors",
     SK_OPTION_INPUTS | SK_OPTION_COMPOSE, true, false, "system description", sk_cmd_compose},
    {"graph", "FILE -o SVG", "draw a system: domains, channels, memory, priorities",
     SK_OPTION_INPUTS | SK_OPTION_GRAPH, true, false, "system description", sk_cmd_graph},
    {"size", "ELF", "bytes of a program; with --needs, what a process of it takes",
     SK_OPTION_SIZE, true, false, NULL, sk_cmd_size},
    {"symbolize", "ELF [LOG]", "explain the backtraces in what a program printed", 0, true,
     true, NULL, sk_cmd_symbolize},
    {"doctor", "", "say what is missing on this machine, and how to install it",
     SK_OPTION_INPUTS, false, false, NULL, sk_cmd_doctor},
    {"help", "", "this text", 0, false, false, NULL, sk_cmd_help},
    {"--version", "", "print the version", 0, false, false, NULL, sk_cmd_version},
    {0},
};

static const struct sk_verb *find(const char *name)
{
    for (const struct sk_verb *v = sk_verbs; v->name != NULL; v++) {
        if (strcmp(v->name, name) == 0) {
            return v;
        }
    }
    return NULL;
}

static int unknown(const char *name)
{
    struct nearest n = {.word = name};

    for (const struct sk_verb *v = sk_verbs; v->name != NULL; v++) {
        nearest_consider(&n, v->name);
    }
    sk_report_error("there is no command '%s'", name);
    if (n.best != NULL) {
        sk_report_help("did you mean 'selkie %s'?", n.best);
    } else {
        sk_report_help("selkie help");
    }
    return SK_STATUS_FAILED;
}

static int run(int argc, char **argv)
{
    struct sk_options options;

    if (argc < 2) {
        sk_report_error("which command?");
        sk_report_help("selkie help");
        return SK_STATUS_FAILED;
    }
    bool wants_help = strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0;
    const struct sk_verb *verb = find(wants_help ? "help" : argv[1]);
    if (verb == NULL) {
        return unknown(argv[1]);
    }
    if (argc == 3 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0)) {
        verb = find("help");
        argc = 2;
    }
    if (!sk_options_read(verb, argc - 2, argv + 2, &options)) {
        return SK_STATUS_FAILED;
    }
    return verb->run(&options);
}

int main(int argc, char **argv)
{
    sk_standard_open();
    int status = run(argc, argv);
    return sk_standard_close() ? status : SK_STATUS_FAILED;
}
