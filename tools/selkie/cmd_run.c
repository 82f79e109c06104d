/* SPDX-License-Identifier: BSD-2-Clause */
#include "selkie.h"

#include <stddef.h>
#include <stdio.h>

#include "inputs.h"
#include "qemu.h"
#include "report.h"
#include "session.h"
#include "symbols.h"

int sk_cmd_run(const struct sk_options *options)
{
    struct sk_inputs inputs = {0};
    struct sk_qemu qemu;
    struct sk_symbols *symbols = NULL;
    int status = SK_STATUS_FAILED;

    if (options->symbolize && !sk_symbols_open(options->elf, &symbols)) {
        return SK_STATUS_FAILED;
    }
    if (!sk_inputs_pack(options, &inputs)) {
        sk_symbols_close(symbols);
        return SK_STATUS_FAILED;
    }
    sk_session_prepare();
    if (sk_qemu_start(options, &inputs.board, &inputs.image, &qemu)) {
        if (options->gdb_port != 0) {
            fprintf(stderr,
                    "Waiting for a debugger. Type in another terminal:\n"
                    "    gdb-multiarch %s -ex 'add-symbol-file %s' "
                    "-ex 'target remote localhost:%u'\n",
                    options->elf, inputs.kernel_path, options->gdb_port);
        }
        status = sk_session_run(options, &qemu, symbols);
    }
    sk_inputs_drop(&inputs);
    sk_symbols_close(symbols);
    return status;
}
