/*
 * A thread that faults, for the cases about faults.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#pragma once

#include <selkie/cap/fault.h>

#include "scene.h"

/* It, and its handler's side. */
struct victim {
    sk_endpoint faults;
    sk_caller caller;
    seL4_CPtr tcb;
};

static inline bool start_victim(struct scene *s, struct victim *v,
                                void (*entry)(seL4_Word argument), seL4_Word argument)
{
    seL4_CPtr reply = scene_make(s, sk_blueprint_reply());

    v->faults = (sk_endpoint){scene_make(s, SK_BLUEPRINT(Endpoint))};
    v->caller =
        sk_caller_of(reply != 0 ? sk_slot_at((sk_cnode){s->cnode}, reply) : scene_slot(s));
    v->tcb = scene_thread(s, entry, argument, 100, v->faults.cptr);
    return v->faults.cptr != 0 && v->tcb != 0;
}

/* What the handler is told next. */
static inline sk_err next_fault(struct victim *v, struct sk_fault *ret_fault)
{
    SK_AUTO(sk_reader) in = sk_reader_receive(v->faults, &v->caller);

    return sk_fault_read(&in, ret_fault);
}

/* Does the line about f begin like this? */
static inline bool fault_prints(const struct sk_fault *f, const char *start)
{
    char line[SK_FAULT_LINE];
    size_t length = sk_fault_print(f, line, sizeof(line));
    size_t n = 0;

    while (start[n] != '\0' && line[n] == start[n]) {
        n++;
    }
    return start[n] == '\0' && length < sizeof(line) && line[length] == '\0';
}
