/*
 * For debug kernels: names.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include <sel4/sel4.h>

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

static void report_prediction(const struct sk_init *in)
{
    const struct sk_spec *s = in->spec;

    if (s->predicted_calls == 0) {
        return;
    }
    if (in->calls == s->predicted_calls && in->retypes == s->predicted_retypes) {
        report_text(", as predicted");
        return;
    }
    report_number("; predicted were ", s->predicted_calls);
    report_number(" and ", s->predicted_retypes);
}

void report_success(const struct sk_init *in)
{
    name_threads(in);
    report_number("initialiser: ", in->spec->section[SK_SPEC_THREADS].count);
    report_number(" threads, ", in->calls);
    report_number(" kernel calls, ", in->retypes);
    report_text(" of them retypes");
    report_prediction(in);
    report_text("\n");
}

void report_wrong(enum sk_spec_wrong what)
{
    report_text(sk_spec_wrong_text(what));
}

void report_call(enum sk_init_call call)
{
    report_text(sk_init_call_name(call));
}

const char *report_error(sk_err err)
{
    switch (err) {
    case SK_ERR_INVALID_ARGUMENT:
        return " (invalid argument)";
    case SK_ERR_INVALID_CAPABILITY:
        return " (invalid capability)";
    case SK_ERR_ILLEGAL_OPERATION:
        return " (illegal operation)";
    case SK_ERR_RANGE:
        return " (out of range)";
    case SK_ERR_ALIGNMENT:
        return " (not aligned)";
    case SK_ERR_FAILED_LOOKUP:
        return " (failed lookup)";
    case SK_ERR_DELETE_FIRST:
        return " (delete first)";
    case SK_ERR_REVOKE_FIRST:
        return " (revoke first)";
    case SK_ERR_NO_MEMORY:
        return " (no memory)";
    case SK_ERR_NO_SLOT:
        return " (no slot)";
    default:
        return "";
    }
}
