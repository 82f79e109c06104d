/* SPDX-License-Identifier: BSD-2-Clause */
#include "selkie.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../cli/report.h"
#include "symbols.h"

/* Copy the log, explained, to standard output. Returns 0, or why it cannot be read. */
static int copy(FILE *from, struct sk_symbols *symbols)
{
    struct sk_log log = {.symbols = symbols};
    char data[4096];
    size_t size;

    errno = 0;
    while ((size = fread(data, 1, sizeof(data), from)) > 0) {
        sk_log_feed(&log, data, size, stdout);
    }
    int error = ferror(from) ? errno : 0;
    sk_log_end(&log, stdout);
    return error;
}

int sk_cmd_symbolize(const struct sk_options *options)
{
    const char *name = options->log != NULL ? options->log : "standard input";
    struct sk_symbols *symbols;
    FILE *from = stdin;

    if (!sk_symbols_open(options->elf, &symbols)) {
        return SK_STATUS_FAILED;
    }
    if (options->log != NULL) {
        from = fopen(options->log, "r");
    }
    int error = from != NULL ? copy(from, symbols) : errno;
    if (from != NULL && from != stdin) {
        fclose(from);
    }
    sk_symbols_close(symbols);
    if (error != 0) {
        sk_report_error("%s: cannot read the log: %s", name, strerror(error));
        sk_report_help("selkie run PROGRAM > log.txt; selkie symbolize PROGRAM log.txt");
        return SK_STATUS_FAILED;
    }
    return SK_STATUS_OK;
}
