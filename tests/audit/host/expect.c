/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "compare.h"

static bool is_kind(const json_t *object, const char *kind)
{
    return strcmp(text(object, "kind"), kind) == 0;
}

const char *expect_prefix(const json_t *object)
{
    static const char *const prefix[][2] = {
        {"endpoint", "ep_"},
        {"notification", "notification_"},
        {"TCB", "tcb_"},
        {"scheduling context", "sc_"},
        {"reply object", "rtreply_"},
        {"CNode", "cnode_"},
        {"VSpace", "pgd_"},
        {"page table", "pt_"},
        {"frame", "frame_"},
        {"IRQ handler", "irq_"},
    };

    for (size_t n = 0; n < sizeof(prefix) / sizeof(prefix[0]); n++) {
        if (is_kind(object, prefix[n][0])) {
            return prefix[n][1];
        }
    }
    return "?";
}

/* Registers and priorities are set last: when the probes look, they are not there yet. */
static void expect_tcb(const struct audit *a, const json_t *object, char *line, size_t size)
{
    const json_t *t = json_object_get(object, "thread");

    if (a->found.is_probed) {
        snprintf(line, size, "tcb -- %s", text(object, "domain"));
        return;
    }
    snprintf(line, size,
             "tcb (addr: 0x%" PRIx64 ", ip: 0x%" PRIx64 ", sp: 0x%" PRIx64 ", prio: %" PRIu64
             ", max_prio: %" PRIu64 ", dom: %" PRIu64 ") -- %s",
             number(t, "ipc_vaddr"), number(t, "entry"), number(t, "stack_top"),
             number(t, "priority"), number(t, "max_priority"), number(t, "domain"),
             text(object, "domain"));
}

/* Frames are called after their addresses, and handlers after their interrupts. */
void expect_name(const json_t *object, uint64_t index, char *line, size_t size)
{
    line[0] = '\0';
    if (json_is_string(json_object_get(object, "paddr"))) {
        snprintf(line, size, "frame_0x%" PRIx64,
                 number(object, "paddr") + (index << number(object, "size_bits")));
    } else if (is_kind(object, "IRQ handler")) {
        snprintf(line, size, "irq_%" PRIu64, number(object, "irq"));
    }
}

void expect_object(const struct audit *a, const json_t *object, char *line, size_t size)
{
    line[0] = '\0';
    if (is_kind(object, "TCB")) {
        expect_tcb(a, object, line, size);
    } else if (is_kind(object, "frame")) {
        uint64_t bits = number(object, "size_bits");
        snprintf(line, size, "frame (%s,", bits == 12 ? "4k" : bits == 21 ? "2M" : "1G");
    } else if (is_kind(object, "CNode")) {
        snprintf(line, size, "cnode (%" PRIu64 " bits)", number(object, "size_bits"));
    } else if (is_kind(object, "scheduling context") && !a->found.is_probed) {
        snprintf(line, size,
                 "sc (period: %" PRIu64 " us, budget: %" PRIu64 " us, data: %" PRIu64
                 ", %" PRIu64 " bits)",
                 number(object, "period_us"), number(object, "budget_us"),
                 number(object, "badge"), number(object, "size_bits"));
    }
}

static bool has(const char *rights, char right)
{
    return strchr(rights, right) != NULL;
}

/* Who may grant may grant replies: nothing that can be tried tells whether that was said. */
static const char *rights_of(const struct audit *a, const json_t *cap, char *to)
{
    const char *rights = text(cap, "rights");
    char *next = to;

    for (const char *pair = "rRwWgGpP"; *pair != '\0'; pair += 2) {
        if (has(rights, pair[0]) ||
            (pair[0] == 'p' && a->found.is_probed && has(rights, 'g'))) {
            *next++ = pair[1];
        }
    }
    *next = '\0';
    return to;
}

const char *expect_cap(const struct audit *a, const json_t *cap, char *line, size_t size)
{
    const json_t *object = json_object_get(a->object_of, text(cap, "object"));
    char rights[8];

    rights_of(a, cap, rights);
    if (is_kind(object, "notification")) {
        /* Grant rights of notifications mean nothing, and nothing shows them. */
        rights[a->found.is_probed ? strspn(rights, "RW") : strlen(rights)] = '\0';
    }
    if (is_kind(object, "endpoint") || is_kind(object, "notification")) {
        if (a->found.is_probed && !has(rights, 'W')) {
            snprintf(line, size, "(%s)", rights);
        } else {
            snprintf(line, size, "(%s, badge: %" PRIu64 ")", rights, number(cap, "badge"));
        }
        return line;
    }
    if (is_kind(object, "CNode")) {
        snprintf(line, size, "(guard: 0x0, guard_size: %" PRIu64 ")",
                 number(cap, "guard_bits"));
        return line;
    }
    if (is_kind(object, "frame")) {
        rights[strspn(rights, "RW")] = '\0';
        snprintf(line, size, "(%s)", rights);
        return line;
    }
    return NULL;
}
