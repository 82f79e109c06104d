/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/process.h>

#include <selkie/rt/format.h>

static const char *refusal_text(enum sk_refusal why)
{
    switch (why) {
    case SK_REFUSAL_MISSING:
        return "was not given";
    case SK_REFUSAL_KIND:
        return "is of another kind";
    default:
        return "is too small";
    }
}

size_t sk_process_print_end(const struct sk_process *p, char *buffer, size_t size)
{
    char fault[SK_FAULT_LINE];

    switch (p->end.how) {
    case SK_PROCESS_EXITED:
        return sk_format(buffer, size, "%s exited with %d", p->name, p->end.status);
    case SK_PROCESS_FAULTED:
        (void)sk_fault_print(&p->end.fault, fault, sizeof(fault));
        return sk_format(buffer, size, "%s faulted: %s", p->name, fault);
    case SK_PROCESS_REFUSED:
        return sk_format(buffer, size, "%s did not start: its grant '%s' %s", p->name,
                         p->end.refused, refusal_text(p->end.refusal));
    case SK_PROCESS_KILLED:
        return sk_format(buffer, size, "%s was killed", p->name);
    case SK_PROCESS_RUNS:
        return sk_format(buffer, size, "%s runs", p->name);
    default:
        return sk_format(buffer, size, "%s was never started", p->name);
    }
}
