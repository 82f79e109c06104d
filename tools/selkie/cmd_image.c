/* SPDX-License-Identifier: BSD-2-Clause */
#include "selkie.h"

#include <stddef.h>

#include "../cli/output.h"
#include "../cli/report.h"
#include "inputs.h"

int sk_cmd_image(const struct sk_options *options)
{
    struct sk_inputs inputs = {0};

    if (options->out == NULL) {
        sk_report_error("'selkie image' needs the name of its output");
        sk_report_help("selkie image %s -o image.elf", options->elf);
        return SK_STATUS_FAILED;
    }
    if (!sk_inputs_pack(options, &inputs)) {
        return SK_STATUS_FAILED;
    }
    const struct sk_output output = {options->out, inputs.image.data, inputs.image.size};
    bool is_written = sk_outputs_write(&output, 1);
    sk_inputs_drop(&inputs);
    return is_written ? SK_STATUS_OK : SK_STATUS_FAILED;
}
