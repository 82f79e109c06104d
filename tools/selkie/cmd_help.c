/* SPDX-License-Identifier: BSD-2-Clause */
#include "selkie.h"

#include <stdio.h>

int sk_cmd_help(const struct sk_options *options)
{
    (void)options;
    printf("Selkie: an SDK for seL4 in layers\n\n");
    for (const struct sk_verb *v = sk_verbs; v->name != NULL; v++) {
        char left[40];
        snprintf(left, sizeof(left), "%s %s", v->name, v->arguments);
        printf("selkie %-22s %s\n", left, v->summary);
    }
    printf("\nWhich board and kernel (run, image, compose, graph):\n");
    sk_options_help(SK_OPTION_INPUTS);
    printf("\nimage:\n");
    sk_options_help(SK_OPTION_OUTPUT);
    printf("\ncompose:\n");
    sk_options_help(SK_OPTION_COMPOSE);
    printf("\ngraph:\n");
    sk_options_help(SK_OPTION_GRAPH);
    printf("\nsize:\n");
    sk_options_help(SK_OPTION_SIZE);
    printf("\nrun:\n");
    sk_options_help(SK_OPTION_RUN);
    printf(
        "\nThe status of run is the program's: 0 pass, 1 fail, 2 panic, 3 a fault that nobody\n"
        "handled, 124 time-out; 125 if selkie could not run it or it gave no status; 130 if\n"
        "Ctrl-C or another signal ended the run, or the reader of its output left.\n");
    return SK_STATUS_OK;
}

int sk_cmd_version(const struct sk_options *options)
{
    (void)options;
    printf("selkie %s\n", SK_VERSION);
    return SK_STATUS_OK;
}
