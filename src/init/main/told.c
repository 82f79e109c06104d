/* SPDX-License-Identifier: BSD-2-Clause */
#include <sel4/sel4.h>
#include <selkie/rt/print.h>

#include "../../cap/text.h"
#include "report.h"

static void name_threads(const struct sk_init *in)
{
    const struct sk_spec_thread *t = sk_spec_at(in->spec, SK_SPEC_THREADS);
    const char *names = sk_spec_at(in->spec, SK_SPEC_NAMES);

    for (uint32_t n = 0; n < in->spec->section[SK_SPEC_THREADS].count; n++) {
        if (t[n].name != SK_SPEC_NONE) {
            seL4_DebugNameThread(in->first_slot + t[n].tcb, names + t[n].name);
        }
    }
}

void report_success(const struct sk_init *in)
{
    char line[160];
    struct text t = {.buffer = line, .size = sizeof(line)};

    name_threads(in);
    sk_text_put(&t, "initialiser: ");
    sk_text_number(&t, in->spec->section[SK_SPEC_THREADS].count);
    sk_text_put(&t, " threads, ");
    sk_text_number(&t, in->calls);
    sk_text_put(&t, " kernel calls, ");
    sk_text_number(&t, in->retypes);
    sk_text_put(&t, " of them retypes");
    if (in->spec->predicted_calls != 0) {
        sk_text_put(&t, in->calls == in->spec->predicted_calls &&
                                in->retypes == in->spec->predicted_retypes
                            ? ", as predicted"
                            : "; the prediction was ");
        if (in->calls != in->spec->predicted_calls ||
            in->retypes != in->spec->predicted_retypes) {
            sk_text_number(&t, in->spec->predicted_calls);
            sk_text_put(&t, ", ");
            sk_text_number(&t, in->spec->predicted_retypes);
        }
    }
    sk_text_end(&t);
    sk_puts(line);
}
