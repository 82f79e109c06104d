/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/nearest.h"
#include "../cli/report.h"
#include "selkie.h"

enum kind {
    TEXT,
    SECONDS,
    PORT, /* a flag that may have a value: --gdb or --gdb=PORT */
    FLAG,
    TYPE,   /* of an image */
    FOLDER, /* one more to be searched */
};

static const char *const image_types[] = {
    [SK_LAYOUT_SEGMENTS] = "segments",
    [SK_LAYOUT_BINARY] = "binary",
    [SK_LAYOUT_ELF] = "elf",
};

struct option {
    const char *name;
    const char *value; /* what help calls it */
    const char *summary;
    unsigned group;
    enum kind kind;
    size_t offset; /* in struct sk_options */
};

#define PORT_DEFAULT 1234u
#define PORT_MAX     65535u

#define FIELD(f) offsetof(struct sk_options, f)

static const struct option table[] = {
    {"--board", "BOARD", "a board's name, or the path of a board.json", SK_OPTION_INPUTS, TEXT,
     FIELD(board)},
    {"--config", "CONFIG", "debug or release; default: as the program was built",
     SK_OPTION_INPUTS, TEXT, FIELD(config)},
    {"--sel4", "PREFIX", "an installed real seL4; default: $SEL4_PREFIX", SK_OPTION_INPUTS,
     TEXT, FIELD(sel4)},
    {"--kernel", "FILE", "this kernel ELF", SK_OPTION_INPUTS, TEXT, FIELD(kernel)},
    {"--dtb", "FILE", "this device tree", SK_OPTION_INPUTS, TEXT, FIELD(dtb)},
    {"--loader", "FILE", "this loader ELF", SK_OPTION_INPUTS, TEXT, FIELD(loader)},
    {"-o", "FILE", "where to write the image", SK_OPTION_OUTPUT, TEXT, FIELD(out)},
    {"--image-type", "TYPE", "segments (the default), or one piece: binary or elf",
     SK_OPTION_OUTPUT, TYPE, FIELD(image_type)},
    {"-o", "FILE", "where to write the image", SK_OPTION_COMPOSE, TEXT, FIELD(out)},
    {"-o", "FILE", "where to write the picture; if it ends with .dot: Graphviz's language",
     SK_OPTION_GRAPH, TEXT, FIELD(out)},
    {"--image-type", "TYPE", "binary (the default) or elf", SK_OPTION_COMPOSE, TYPE,
     FIELD(image_type)},
    {"--search-path", "FOLDER", "where programs are, besides here; any number of them",
     SK_OPTION_COMPOSE, FOLDER, 0},
    {"--report", "FILE", "write what the system is made of, for people", SK_OPTION_COMPOSE,
     TEXT, FIELD(report)},
    {"--report-json", "FILE", "and for programs", SK_OPTION_COMPOSE, TEXT, FIELD(report_json)},
    {"--model-json", "FILE", "write its objects and capabilities as JSON", SK_OPTION_COMPOSE,
     TEXT, FIELD(model_json)},
    {"--cdl", "FILE", "or as capDL", SK_OPTION_COMPOSE, TEXT, FIELD(cdl)},
    {"--headers", "FOLDER", "write a C header for each domain; alone, it needs no programs",
     SK_OPTION_COMPOSE, TEXT, FIELD(headers)},
    {"--viper", "FOLDER", "write what each domain has in its slots, for the Viper verifiers",
     SK_OPTION_COMPOSE, TEXT, FIELD(viper)},
    {"--args", "TEXT", "the program's command line, which it asks for by semihosting",
     SK_OPTION_RUN, TEXT, FIELD(args)},
    {"--timeout", "SECONDS", "end the run with status 124 after this time", SK_OPTION_RUN,
     SECONDS, FIELD(timeout_s)},
    {"--deterministic", NULL, "count instructions as time: runs repeat exactly", SK_OPTION_RUN,
     FLAG, FIELD(deterministic)},
    {"--gdb", "[=PORT]", "wait for a debugger before the first instruction; default: 1234",
     SK_OPTION_RUN, PORT, FIELD(gdb_port)},
    {"--keep-going", NULL, "do not end the run when the kernel reports a fault", SK_OPTION_RUN,
     FLAG, FIELD(keep_going)},
    {"--symbolize", NULL, "explain backtraces: functions, files and lines", SK_OPTION_RUN, FLAG,
     FIELD(symbolize)},
    {"--needs", NULL, "pages, objects and slots that sk_process_spawn() takes for it",
     SK_OPTION_SIZE, FLAG, FIELD(needs)},
    {"--check-only", NULL, "check the description, without its programs", SK_OPTION_COMPOSE,
     FLAG, FIELD(check_only)},
    {"--qemu", "PROGRAM", "this QEMU instead of the board's", SK_OPTION_RUN, TEXT, FIELD(qemu)},
};

enum { OPTION_COUNT = sizeof(table) / sizeof(table[0]) };

static const struct option *find(unsigned groups, const char *name, size_t length)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((table[i].group & groups) != 0 && strlen(table[i].name) == length &&
            memcmp(table[i].name, name, length) == 0) {
            return &table[i];
        }
    }
    return NULL;
}

static bool unknown(const struct sk_verb *verb, const char *arg)
{
    struct nearest n = {.word = arg};

    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((table[i].group & verb->options) != 0) {
            nearest_consider(&n, table[i].name);
        }
    }
    sk_report_error("'selkie %s' has no option '%s'", verb->name, arg);
    if (n.best != NULL) {
        return sk_report_help("did you mean '%s'?", n.best);
    }
    return sk_report_help("selkie help");
}

static bool read_seconds(const char *text, double *ret_seconds)
{
    char *end = NULL;

    errno = 0;
    double value = strtod(text, &end);
    if (errno != 0 || end == text || *end != '\0' || !(value > 0 && value <= 1e6)) {
        sk_report_error("'%s' is not a number of seconds", text);
        return sk_report_help("--timeout 10");
    }
    *ret_seconds = value;
    return true;
}

static bool read_port(const char *text, unsigned *ret_port)
{
    char *end = NULL;
    unsigned long value = text != NULL ? strtoul(text, &end, 10) : PORT_DEFAULT;

    if (text != NULL &&
        (text[0] < '0' || text[0] > '9' || *end != '\0' || value == 0 || value > PORT_MAX)) {
        sk_report_error("'%s' is not a port: they are 1 to %u", text, PORT_MAX);
        return sk_report_help("--gdb=%u", PORT_DEFAULT);
    }
    *ret_port = (unsigned)value;
    return true;
}

static bool read_type(const char *text, enum sk_layout_kind *ret_type)
{
    struct nearest n = {.word = text};

    for (unsigned i = SK_LAYOUT_SEGMENTS; i <= SK_LAYOUT_ELF; i++) {
        if (strcmp(text, image_types[i]) == 0) {
            *ret_type = (enum sk_layout_kind)i;
            return true;
        }
        nearest_consider(&n, image_types[i]);
    }
    sk_report_error("there is no type of image '%s'", text);
    if (n.best != NULL) {
        return sk_report_help("did you mean '--image-type %s'?", n.best);
    }
    return sk_report_help("--image-type segments, binary or elf");
}

static bool add_folder(const char *text, struct sk_options *options)
{
    if (options->search_count == SK_SEARCH_MAX) {
        sk_report_error("more than %u folders to be searched", (unsigned)SK_SEARCH_MAX);
        return sk_report_help("put what they hold into fewer");
    }
    options->search[options->search_count++] = text;
    return true;
}

static bool store(const struct option *o, const char *value, struct sk_options *options)
{
    char *field = (char *)options + o->offset;

    switch (o->kind) {
    case TEXT:
        *(const char **)field = value;
        return true;
    case SECONDS:
        return read_seconds(value, (double *)field);
    case PORT:
        return read_port(value, (unsigned *)field);
    case TYPE:
        return read_type(value, (enum sk_layout_kind *)field);
    case FOLDER:
        return add_folder(value, options);
    case FLAG:
        *(bool *)field = true;
        return true;
    }
    return false;
}

/* Read argv[*i], an option, and its value if that is the next argument. */
static bool read_option(const struct sk_verb *verb, int argc, char **argv, int *i,
                        struct sk_options *options)
{
    const char *arg = argv[*i];
    const char *equals = strchr(arg, '=');
    const struct option *o =
        find(verb->options, arg, equals != NULL ? (size_t)(equals - arg) : strlen(arg));
    const char *value = equals != NULL ? equals + 1 : NULL;

    if (o == NULL) {
        return unknown(verb, arg);
    }
    if (o->kind == FLAG && value != NULL) {
        sk_report_error("%s takes no value", o->name);
        return sk_report_help("%s", o->name);
    }
    if (o->kind != FLAG && o->kind != PORT && value == NULL) {
        if (*i + 1 == argc) {
            sk_report_error("%s needs a value", o->name);
            return sk_report_help("%s %s: %s", o->name, o->value, o->summary);
        }
        value = argv[++*i];
    }
    return store(o, value, options);
}

static const char *input_of(const struct sk_verb *verb)
{
    return verb->input != NULL ? verb->input : "program";
}

bool sk_options_read(const struct sk_verb *verb, int argc, char **argv,
                     struct sk_options *ret_options)
{
    struct sk_options options = {0};

    for (int i = 0; i < argc; i++) {
        if (argv[i][0] == '-') {
            if (!read_option(verb, argc, argv, &i, &options)) {
                return false;
            }
        } else if (!verb->needs_elf) {
            sk_report_error("'selkie %s' takes no '%s'", verb->name, argv[i]);
            return sk_report_help("selkie %s", verb->name);
        } else if (options.elf != NULL && verb->takes_log && options.log == NULL) {
            options.log = argv[i];
        } else if (options.elf != NULL) {
            sk_report_error("two %ss: '%s' and '%s'", input_of(verb), options.elf, argv[i]);
            return sk_report_help("selkie %s %s", verb->name, verb->arguments);
        } else {
            options.elf = argv[i];
        }
    }
    if (verb->needs_elf && options.elf == NULL) {
        sk_report_error("'selkie %s' needs a %s", verb->name, input_of(verb));
        return sk_report_help("selkie %s %s", verb->name, verb->arguments);
    }
    const char *prefix = getenv("SEL4_PREFIX");
    if (options.sel4 == NULL && prefix != NULL && prefix[0] != '\0') {
        options.sel4 = prefix;
    }
    *ret_options = options;
    return true;
}

void sk_options_help(unsigned groups)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((table[i].group & groups) != 0) {
            char left[40];
            snprintf(left, sizeof(left), "%s%s%s", table[i].name,
                     table[i].kind == PORT ? "" : " ",
                     table[i].value != NULL ? table[i].value : "");
            printf("  %-22s %s\n", left, table[i].summary);
        }
    }
}
