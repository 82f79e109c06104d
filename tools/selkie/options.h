/*
 * The options of all verbs: one table, so that they are spelt alike everywhere.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <stdbool.h>

struct sk_verb;

/* How an image is laid out: see ../image/image.h. */
enum sk_layout_kind {
    SK_LAYOUT_DEFAULT,
    SK_LAYOUT_SEGMENTS, /* an ELF with every part in its place */
    SK_LAYOUT_BINARY,   /* one piece, for one address */
    SK_LAYOUT_ELF,      /* the same in an ELF of one segment */
};

/* Groups of options; a verb says which it takes. */
enum {
    SK_OPTION_INPUTS = 1 << 0, /* board, kernel and so on */
    SK_OPTION_OUTPUT = 1 << 1, /* -o */
    SK_OPTION_RUN = 1 << 2,    /* how to run */
    SK_OPTION_SIZE = 1 << 3,   /* what to count */
    SK_OPTION_COMPOSE = 1 << 4,
    SK_OPTION_GRAPH = 1 << 5,
};

enum { SK_SEARCH_MAX = 64 };

struct sk_options {
    const char *elf; /* the root task; run: perhaps an image; compose: the description */
    const char *log; /* what it printed */
    const char *out;
    enum sk_layout_kind image_type;
    const char *board; /* a name, or the path of a board.json */
    const char *config;
    const char *sel4;   /* prefix of an installed seL4 */
    const char *kernel; /* files that override what was found */
    const char *dtb;
    const char *loader;
    const char *args; /* the program's command line */
    const char *qemu; /* the QEMU binary, instead of the board's */
    double timeout_s; /* 0: none */
    bool deterministic;
    unsigned gdb_port; /* where QEMU waits for a debugger; 0: it does not wait */
    bool keep_going;   /* go on after a fault report of the kernel */
    bool symbolize;    /* explain addresses in the output */
    bool needs;        /* count what a process takes */
    bool check_only;   /* compose: read and check the description, and no more */

    /* What compose writes besides the image; NULL: not wanted. */
    const char *report;
    const char *report_json;
    const char *model_json;
    const char *cdl;
    const char *headers; /* folders */
    const char *viper;

    /* Where compose looks for programs, after the working directory. */
    const char *search[SK_SEARCH_MAX];
    unsigned search_count;
};

/*
 * Read the arguments behind the verb. False: a complaint has been printed.
 * SEL4_PREFIX in the environment is the default of --sel4.
 */
bool sk_options_read(const struct sk_verb *verb, int argc, char **argv,
                     struct sk_options *ret_options);

/* Print one line for each option of these groups. */
void sk_options_help(unsigned groups);
