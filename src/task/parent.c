/* SPDX-License-Identifier: BSD-2-Clause */
#include <selkie/task/parent.h>

#include "process.h"

/* A page of addresses with tables, and nothing there. */
static sk_err make_window(struct sk_parent *p)
{
    SK_TRY(p->source->take_pages(p->source, 1, &p->window));
    return sk_arch_process_unmap(p->source->page_frame(p->source, p->window));
}

static sk_err make(struct sk_parent *p)
{
    SK_TRY(sk_owned_object_make(p->source, SK_BLUEPRINT(Endpoint), &p->endpoint));
    SK_TRY(sk_caller_make(p->source, &p->caller));
    return make_window(p);
}

sk_err sk_parent_init(struct sk_parent *p, struct sk_source *source)
{
    struct sk_parent made = {.source = source};

    sk_env_get(&made.env);
    if (made.source == NULL) {
        made.source = made.env.source;
    }
    if (made.source == NULL) {
        return SK_ERR_INVALID_ARGUMENT;
    }
    if (made.env.tcb.cptr == seL4_CapNull || made.env.cnode.cptr == seL4_CapNull ||
        made.env.vspace.cptr == seL4_CapNull || made.env.asid_pool.cptr == seL4_CapNull ||
        (SK_CFG_KERNEL_MCS && made.env.sched_control.cptr == seL4_CapNull)) {
        return SK_ERR_INVALID_CAPABILITY;
    }
    sk_err e = make(&made);
    if (e != SK_OK) {
        sk_parent_fini(&made);
        return e;
    }
    *p = made;
    return SK_OK;
}

void sk_parent_fini(struct sk_parent *p)
{
    while (p->first != NULL) {
        sk_process_reap(p->first);
    }
    if (p->window != 0) {
        p->source->give_pages(p->source, p->window, 1);
    }
    sk_caller_drop(&p->caller);
    sk_owned_object_drop(&p->endpoint);
    *p = (struct sk_parent){0};
}

static struct sk_process *with_badge(const struct sk_parent *p, seL4_Word badge)
{
    struct sk_process *child = p->first;

    while (child != NULL && child->id != badge) {
        child = child->next;
    }
    return child;
}

/* The name of a grant, as far as it came. Whatever is said instead, it is one line of text. */
static sk_err read_name(sk_reader *in, struct sk_process_end *end)
{
    seL4_Word words[SK_PARENT_NAME_WORDS];

    SK_TRY(sk_reader_words(in, words, SK_PARENT_NAME_WORDS));
    __builtin_memcpy(end->refused, words, sizeof(words));
    for (char *c = end->refused; *c != '\0'; c++) {
        if (*c < ' ' || *c > '~') {
            *c = '?';
        }
    }
    return SK_OK;
}

/* What a message of a process says of its end. */
static sk_err read_end(sk_reader *in, struct sk_process_end *end)
{
    seL4_Word word;

    switch (sk_reader_label(in)) {
    case SK_PARENT_EXIT:
        SK_TRY(sk_reader_word(in, &word));
        end->how = SK_PROCESS_EXITED;
        end->status = (int)word;
        return SK_OK;
    case SK_PARENT_REFUSED:
        SK_TRY(sk_reader_word(in, &word));
        if (word < SK_REFUSAL_MISSING || word > SK_REFUSAL_SIZE) {
            return SK_ERR_INVALID_ARGUMENT;
        }
        end->how = SK_PROCESS_REFUSED;
        end->refusal = (enum sk_refusal)word;
        return read_name(in, end);
    default:
        end->how = SK_PROCESS_FAULTED;
        return sk_fault_read(in, &end->fault);
    }
}

struct sk_process *sk_parent_take(struct sk_parent *p, sk_reader *message)
{
    struct sk_process *child = with_badge(p, message->badge);
    struct sk_process_end end = {0};
    bool is_end =
        child != NULL && child->end.how == SK_PROCESS_RUNS && read_end(message, &end) == SK_OK;

    sk_reader_drop(message);
    if (!is_end) {
        return NULL;
    }
    /*
     * It stands still in a call that nobody answers, unless it only said so, or has other
     * threads; then all do from now on.
     */
    sk_process_stop(child);
    child->end = end;
    return child;
}

static struct sk_process *receive(struct sk_parent *p)
{
    sk_reader in = sk_reader_receive(sk_parent_endpoint(p), &p->caller);

    return sk_parent_take(p, &in);
}

/* One that has ended and was not told of; *ret_runs says whether there are others. */
static struct sk_process *untold(const struct sk_parent *p, bool *ret_runs)
{
    *ret_runs = false;
    for (struct sk_process *child = p->first; child != NULL; child = child->next) {
        if (child->end.how == SK_PROCESS_RUNS) {
            *ret_runs = true;
        } else if (!child->is_told) {
            return child;
        }
    }
    return NULL;
}

struct sk_process *sk_parent_wait(struct sk_parent *p)
{
    bool runs;
    struct sk_process *child = untold(p, &runs);

    while (child == NULL && runs) {
        child = receive(p);
    }
    if (child != NULL) {
        child->is_told = true;
    }
    return child;
}

struct sk_process *sk_parent_poll(struct sk_parent *p)
{
    bool runs;
    struct sk_process *child = untold(p, &runs);
    sk_reader in;

    while (child == NULL && runs && sk_parent_receive_now(p, &in)) {
        child = sk_parent_take(p, &in);
    }
    if (child != NULL) {
        child->is_told = true;
    }
    return child;
}

void sk_process_wait(struct sk_process *p)
{
    while (p->end.how == SK_PROCESS_RUNS) {
        (void)receive(p->parent);
    }
    p->is_told = true;
}
