/*
 * A description against the one that was published before.
 *
 * With the same version, what was published stays: methods keep numbers and messages, errors
 * their numbers. New ones come behind. Briefs and unused types may change.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "rpc.h"

static const char raise[] = "put it back as it was, or raise the version of the protocol";

static void add_def(struct text *out, const struct rpc_def *def);

static void add_field(struct text *out, const struct rpc_field *f)
{
    text_addf(out, " %s:%s", f->name, f->type == NULL ? "" : f->type);
    if (f->max != 0 || f->count != 0) {
        text_addf(out, "[%u]", f->max + f->count);
    }
    if (f->def != NULL) {
        add_def(out, f->def);
    }
}

/* A type is what it is made of, so that a change of it is one of whoever uses it. */
static void add_def(struct text *out, const struct rpc_def *def)
{
    text_adds(out, "{");
    for (const struct rpc_field *f = def->fields; f != NULL; f = f->next) {
        add_field(out, f);
    }
    text_adds(out, " }");
}

static const char *signature(const struct rpc *rpc, const struct rpc_method *m)
{
    struct text out = {0};
    for (const struct rpc_field *f = m->in.fields; f != NULL; f = f->next) {
        text_adds(&out, " in");
        add_field(&out, f);
    }
    for (const struct rpc_field *f = m->out.fields; f != NULL; f = f->next) {
        text_adds(&out, " out");
        add_field(&out, f);
    }
    const char *copy = arena_copy(rpc->arena, out.data == NULL ? "" : out.data, out.length);
    text_fini(&out);
    return copy;
}

static void compare_method(const struct rpc *rpc, const struct rpc_method *was)
{
    const struct rpc_method *m = rpc->methods;
    while (m != NULL && !str_equal(m->name, was->name)) {
        m = m->next;
    }
    if (m == NULL) {
        refuse(rpc->at, raise, "method '%s', published in %s:%d, is gone", was->name,
               was->at.source->label, was->at.line);
    }
    if (m->number != was->number) {
        refuse(m->at, "new methods come behind those that are published",
               "method '%s' is number %u, and was published as number %u", m->name, m->number,
               was->number);
    }
    if (!str_equal(signature(rpc, m), signature(rpc, was))) {
        refuse(m->at, raise, "method '%s' is not what was published in %s:%d", m->name,
               was->at.source->label, was->at.line);
    }
}

static void compare_errors(const struct rpc *rpc, const struct rpc *published)
{
    const struct rpc_error *e = rpc->errors;
    for (const struct rpc_error *was = published->errors; was != NULL; was = was->next) {
        if (e == NULL || !str_equal(e->name, was->name)) {
            refuse(e == NULL ? rpc->at : e->at,
                   "errors keep their order, and new ones come behind; or raise the version",
                   "error '%s', published in %s:%d, is not in its place", was->name,
                   was->at.source->label, was->at.line);
        }
        e = e->next;
    }
}

void rpc_compare(const struct rpc *rpc, const struct rpc *published)
{
    if (!str_equal(rpc->name, published->name)) {
        refuse(rpc->at, "each protocol has a published description of its own",
               "what was published in %s is protocol '%s'", published->at.source->label,
               published->name);
    }
    if (rpc->version < published->version) {
        refuse(rpc->at, "versions only rise", "version %u was published already",
               published->version);
    }
    if (rpc->version > published->version) {
        return;
    }
    for (const struct rpc_method *m = published->methods; m != NULL; m = m->next) {
        compare_method(rpc, m);
    }
    compare_errors(rpc, published);
}
