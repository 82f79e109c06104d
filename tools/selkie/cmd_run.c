/* SPDX-License-Identifier: BSD-2-Clause */
#include "selkie.h"

#include <stddef.h>
#include <stdio.h>

#include "../cli/report.h"
#include "inputs.h"
#include "qemu.h"
#include "session.h"
#include "symbols.h"

/* An image has no symbols to name, and no kernel's path. */
static void say_how_to_debug(const struct sk_options *options, const char *kernel)
{
    fprintf(stderr, "Waiting for a debugger. Type in another terminal:\n    gdb-multiarch ");
    if (kernel != NULL) {
        fprintf(stderr, "%s -ex 'add-symbol-file %s' ", options->elf, kernel);
    }
    fprintf(stderr, "-ex 'target remote localhost:%u'\n", options->gdb_port);
}

int sk_cmd_run(const struct sk_options *options)
{
    struct sk_inputs inputs = {0};
    struct sk_qemu qemu;
    struct sk_symbols *symbols = NULL;
    int status = SK_STATUS_FAILED;

    if (!sk_inputs_pack(options, &inputs)) {
        return SK_STATUS_FAILED;
    }
    if (options->symbolize && !sk_symbols_open(options->elf, &symbols)) {
        sk_inputs_drop(&inputs);
        return SK_STATUS_FAILED;
    }
    sk_session_prepare();
    if (sk_qemu_start(options, &inputs.board, &inputs.image, &qemu)) {
        if (options->gdb_port != 0) {
            say_how_to_debug(options, inputs.kernel_path);
        }
        status = sk_session_run(options, &qemu, symbols);
    }
    sk_inputs_drop(&inputs);
    sk_symbols_close(symbols);
    return status;
}
