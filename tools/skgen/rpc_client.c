/*
 * NAME_client.h: a function for each method, which sends, waits and checks the answer.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "rpc.h"

/* What goes through a variable of the stub's own, so that an error changes nothing. */
static bool is_got(const struct rpc_field *f)
{
    return f->kind == RPC_INTEGER || f->kind == RPC_ENUM || f->kind == RPC_STRUCT;
}

static const struct rpc_field *next_got(const struct rpc_field *f)
{
    while (f != NULL && !is_got(f)) {
        f = f->next;
    }
    return f;
}

static void emit_size_checks(const struct rpc_method *m, struct text *out)
{
    for (const struct rpc_field *f = m->in.fields; f != NULL; f = f->next) {
        if (f->kind == RPC_BYTES) {
            text_addf(out, "    SK_TRY(sk_rpc_check_size(%s_size, %u));\n", f->name, f->max);
        } else if (f->kind == RPC_STRING) {
            text_addf(out, "    SK_TRY(sk_rpc_check_string(%s, %u));\n", f->name, f->max);
        }
    }
    if (m->in.is_paged || m->out.is_paged) {
        text_adds(out, "    if (client->rpc.page == NULL) {\n"
                       "        return SK_ERR_ILLEGAL_OPERATION;\n    }\n");
    }
    if (m->out.caps > 0) {
        text_adds(out, "    SK_AUTO(sk_rpc_gift) gift__ = {0};\n"
                       "    SK_TRY(sk_rpc_gift_open(client->rpc.source, &gift__));\n");
    }
}

static void emit_got(const struct rpc_method *m, struct text *out)
{
    const struct rpc_field *f = next_got(m->out.fields);
    if (f == NULL) {
        return;
    }
    text_adds(out, "    struct {\n");
    for (; f != NULL; f = next_got(f->next)) {
        text_addf(out, "        %s %s;\n", f->c_type, f->name);
    }
    text_adds(out, "    } got__ = {0};\n\n");
}

static void emit_answer(const struct rpc *rpc, const struct rpc_method *m, struct text *out)
{
    struct arena *a = rpc->arena;
    const char *page = m->out.is_paged ? "client->rpc.page" : NULL;
    emit_got(m, out);
    text_adds(out, "    if (!");
    rpc_emit_begins(&m->out, "&answer__", "SK_OK", out);
    for (const struct rpc_field *f = m->out.fields; f != NULL; f = f->next) {
        if (f->kind != RPC_CAP) {
            const char *to = is_got(f)              ? arena_printf(a, "&got__.%s", f->name)
                             : f->kind == RPC_BYTES ? arena_printf(a, "*ret_%s", f->name)
                                                    : arena_printf(a, "*ret_%s", f->name);
            text_adds(out, " ||\n        !");
            rpc_emit_take(rpc, f, "&answer__", to, arena_printf(a, "ret_%s_size", f->name),
                          page, out);
        }
    }
    text_addf(out, "%s) {\n        return sk_rpc_refused(&answer__, %s_ERRORS);\n    }\n",
              m->out.has_variable ? " ||\n        !sk_rpc_ends(&answer__)" : "",
              rpc_upper(a, rpc->name));
    for (const struct rpc_field *f = m->out.fields; f != NULL; f = f->next) {
        if (is_got(f)) {
            text_addf(out, "    *ret_%s = got__.%s;\n", f->name, f->name);
        } else if (f->kind == RPC_CAP) {
            text_addf(out,
                      "    *ret_%s = (%s){sk_owned_slot_cptr(&gift__.slot)};\n"
                      "    *ret_%s_slot = SK_MOVE(gift__.slot);\n",
                      f->name, f->c_type, f->name);
        }
    }
    text_adds(out, "    return SK_OK;\n}\n\n");
}

static void emit_errors(const struct rpc_method *m, struct text *out)
{
    bool has_sizes = false;
    for (const struct rpc_field *f = m->in.fields; f != NULL; f = f->next) {
        has_sizes = has_sizes || f->max != 0;
    }
    text_adds(out, " *\n * Any error of the server's.\n");
    if (has_sizes) {
        text_adds(out, " * SK_ERR_RANGE: what is to be sent is too long; nothing was sent.\n");
    }
    if (m->in.is_paged || m->out.is_paged) {
        text_adds(out, " * SK_ERR_ILLEGAL_OPERATION: the connection has no page.\n");
    }
    if (m->out.caps > 0) {
        text_adds(out, " * SK_ERR_NO_SLOT: there is none for the capability.\n");
    }
    text_adds(out, " * SK_ERR_NO_METHOD: the server does not have it.\n"
                   " * SK_ERR_MALFORMED: one side did not understand the other; arrays may\n"
                   " * have changed.\n *\n * ");
    emit_place(out, m->at);
    text_adds(out, "\n */\n");
}

static void emit_method(const struct rpc *rpc, const struct rpc_method *m, struct text *out)
{
    struct arena *a = rpc->arena;
    const char *label =
        arena_printf(a, "%s_METHOD_%s", rpc_upper(a, rpc->name), rpc_upper(a, m->name));
    text_adds(out, "/*\n");
    rpc_emit_about(rpc, m, out);
    emit_errors(m, out);
    text_addf(out, "static SK_ALWAYS_INLINE sk_err\n%s_%s(", rpc->name, m->name);
    rpc_emit_params(rpc, m, RPC_CLIENT,
                    arena_printf(a, "const struct %s_client *client", rpc->name), out);
    text_adds(out, "\n{\n");
    emit_size_checks(m, out);
    text_addf(out, "    sk_builder message__ = sk_builder_open(%s);\n\n", label);
    for (const struct rpc_field *f = m->in.fields; f != NULL; f = f->next) {
        text_adds(out, "    ");
        rpc_emit_put(rpc, f, "&message__", f->name, m->in.is_paged ? "client->rpc.page" : NULL,
                     out);
    }
    text_adds(out, m->in.fields == NULL ? "" : "\n");
    text_adds(out, "    SK_AUTO(sk_reader) answer__ = sk_builder_call(&message__, "
                   "client->rpc.server);\n");
    emit_answer(rpc, m, out);
}

void rpc_emit_client(const struct rpc *rpc, struct text *out)
{
    const char *n = rpc->name;
    const char *upper = rpc_upper(rpc->arena, n);
    rpc_emit_top(rpc, "Calls of a client", out);
    text_addf(out, "#include \"%s.h\"\n\n", n);
    text_addf(out, "/* A connection to a server of this protocol. */\nstruct %s_client {\n", n);
    text_adds(out, "    struct sk_rpc_client rpc;\n};\n\n");
    emit_comment(
        out, 0,
        arena_printf(rpc->arena,
                     "Ask server for this protocol in this version. Errors are those "
                     "of sk_rpc_connect(). %s",
                     rpc->has_page ? "Some methods need a page." : "No method needs a page."),
        (struct place){0});
    text_addf(out,
              "static inline sk_err %s_connect(sk_endpoint server,\n"
              "        struct sk_rpc_client_options options, struct %s_client *ret_client)\n"
              "{\n    struct %s_client client = {.rpc = {.server = server}};\n\n"
              "    SK_TRY(sk_rpc_connect(&client.rpc, server, %s_ID, %s_VERSION, options));\n"
              "    *ret_client = client;\n    return SK_OK;\n}\n\n",
              n, n, n, upper, upper);
    text_addf(out,
              "/* End the connection. */\n"
              "static inline void %s_close(struct %s_client *client)\n{\n"
              "    sk_rpc_close(&client->rpc);\n}\n\n",
              n, n);
    for (const struct rpc_method *m = rpc->methods; m != NULL; m = m->next) {
        emit_method(rpc, m, out);
    }
}
