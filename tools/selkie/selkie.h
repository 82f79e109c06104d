/*
 * The selkie command: what its files share.
 *
 * main.c finds the verb, options.c reads its options, cmd_<verb>.c does it. sdk.c finds the
 * files that belong to a board and a configuration, inputs.c reads and packs them, and
 * qemu.c runs the result with console.c looking on. Trouble is told by report.h.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include "options.h"

#define SK_VERSION "0.1.0"

/* What selkie's own exit status means; a program under run gives any other. */
enum sk_status {
    SK_STATUS_OK = 0,
    SK_STATUS_REFUSED = 1, /* compose, graph: the description has errors */
    SK_STATUS_FAULT = 3,   /* the kernel reported a fault that nobody handled */
    SK_STATUS_TIMEOUT = 124,
    SK_STATUS_FAILED = 125, /* bad input, no QEMU, or the program gave no status */
    SK_STATUS_INTERRUPTED = 130,
};

/* A verb: takes its options, returns the exit status. */
struct sk_verb {
    const char *name;
    const char *arguments; /* for help */
    const char *summary;
    unsigned options; /* SK_OPTION_* that it takes */
    bool needs_elf;
    bool takes_log;    /* after the ELF, perhaps */
    const char *input; /* what it takes instead of an ELF, or NULL */
    int (*run)(const struct sk_options *options);
};

/* All verbs, ended by one without a name. */
extern const struct sk_verb sk_verbs[];

int sk_cmd_run(const struct sk_options *options);
int sk_cmd_image(const struct sk_options *options);
int sk_cmd_compose(const struct sk_options *options);
int sk_cmd_graph(const struct sk_options *options);
int sk_cmd_doctor(const struct sk_options *options);
int sk_cmd_size(const struct sk_options *options);
int sk_cmd_symbolize(const struct sk_options *options);
int sk_cmd_help(const struct sk_options *options);
int sk_cmd_version(const struct sk_options *options);
