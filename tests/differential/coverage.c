/* SPDX-License-Identifier: BSD-2-Clause */
#include "coverage.h"

#include <selkie/gen/invocations.h>
#include <selkie/gen/syscalls.h>
#include <selkie/rt/print.h>

#include "stub.h"

#define RESULTS (seL4_NotEnoughMemory + 1)

#define NAME(label, object, words, caps) [label] = #label,
static const char *const names[] = {[0] = "InvalidInvocation", SK_INVOCATIONS(NAME)};

#define LABELS (sizeof(names) / sizeof(names[0]))

static const struct {
    const char *name;
    int number;
} syscalls[] = {
#define SYSCALL(name, number) {#name, number},
    SK_SYSCALLS(SYSCALL)};

#define SYSCALLS 11 /* those that are not for debugging */

static unsigned long results[LABELS][RESULTS];
static unsigned long sent[LABELS];
static struct {
    unsigned long started, ended;
} calls[SYSCALLS];

/* What each actor is about: a label of names, or LABELS for none; and a system call. */
static seL4_Word labels[ACTORS];
static unsigned syscall_of[ACTORS];

const char *coverage_name(seL4_Word label)
{
    return label < LABELS ? names[label] : "unknown";
}

void coverage_operation(unsigned actor, const struct command *command)
{
    seL4_Word number = -(seL4_Word)command->syscall - 1;
    bool is_call = command->code == STUB_CALL || command->code == STUB_CALL_UNTIMED;

    labels[actor] = LABELS;
    syscall_of[actor] = SYSCALLS;
    if (!is_call || number >= SYSCALLS) {
        return;
    }
    syscall_of[actor] = (unsigned)number;
    calls[number].started++;
    seL4_Word label = seL4_MessageInfo_get_label(command->info);
    if (number == 0 && label < LABELS) {
        labels[actor] = label;
        sent[label]++;
    }
}

void coverage_done(unsigned actor, seL4_MessageInfo_t info)
{
    seL4_Word result = seL4_MessageInfo_get_label(info);

    if (syscall_of[actor] < SYSCALLS) {
        calls[syscall_of[actor]].ended++;
    }
    if (labels[actor] < LABELS && result < RESULTS) {
        results[labels[actor]][result]++;
    }
    labels[actor] = LABELS;
    syscall_of[actor] = SYSCALLS;
}

void coverage_print(void)
{
    for (unsigned i = 0; i < LABELS; i++) {
        sk_printf("cover %s %lu", names[i], sent[i]);
        for (unsigned j = 0; j < RESULTS; j++) {
            sk_printf(" %lu", results[i][j]);
        }
        sk_printf("\n");
    }
    for (unsigned i = 0; i < SYSCALLS; i++) {
        sk_printf("calls %s %lu %lu\n", syscalls[i].name, calls[i].started, calls[i].ended);
    }
}
