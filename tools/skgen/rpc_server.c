/*
 * NAME_server.h: handlers, the function that finds the one for a message, and one for each
 * method that answers it later.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "rpc.h"

/* Does it stay in registers, both ways, and brings nothing? Then it is worth being inlined. */
static bool is_quick(const struct rpc_method *m)
{
    return m->in.most_words <= RPC_REGISTERS && m->out.most_words <= RPC_REGISTERS &&
           !m->in.is_paged && !m->out.is_paged && m->in.caps == 0 && m->out.caps == 0;
}

static void emit_members(const struct rpc_field *f, const char *name, struct text *out)
{
    if (f == NULL) {
        return;
    }
    /* What comes is taken before it is used; what goes must not show what was there before. */
    bool is_in = str_equal(name, "in");
    text_addf(out, "    %sstruct {\n", is_in ? "SK_UNINITIALIZED " : "");
    for (; f != NULL; f = f->next) {
        text_addf(out, "        %s %s", f->c_type, f->name);
        if (f->max != 0) {
            text_addf(out, "[%u]", f->kind == RPC_STRING ? f->max + 1 : f->max);
        }
        text_adds(out, ";\n");
        if (f->kind == RPC_BYTES) {
            text_addf(out, "        size_t %s_size;\n", f->name);
        }
    }
    text_addf(out, "    } %s%s;\n", name, is_in ? "" : " = {0}");
}

/* Leave the method's function with an answer: it returns it, or is given where it goes. */
static void emit_return(const struct rpc_method *m, const char *indent, const char *answer,
                        struct text *out)
{
    if (is_quick(m)) {
        text_addf(out, "%sreturn %s;\n", indent, answer);
    } else {
        text_addf(out, "%s*ret_answer = %s;\n%sreturn;\n", indent, answer, indent);
    }
}

/* The conditions that an arriving message must meet, "||" between them. */
static void emit_checks(const struct rpc *rpc, const struct rpc_method *m, const char *label,
                        struct text *out)
{
    struct arena *a = rpc->arena;
    text_adds(out, "    if (!");
    rpc_emit_begins(&m->in, "&message", label, out);
    for (const struct rpc_field *f = m->in.fields; f != NULL; f = f->next) {
        if (f->kind != RPC_CAP) {
            const char *address = f->max == 0 ? "&" : "";
            text_adds(out, " ||\n        !");
            rpc_emit_take(rpc, f, "&message", arena_printf(a, "%sin.%s", address, f->name),
                          arena_printf(a, "&in.%s_size", f->name),
                          m->in.is_paged ? "page" : NULL, out);
        }
    }
    text_adds(out, m->in.has_variable ? " ||\n        !sk_rpc_ends(&message)" : "");
    text_adds(out, ") {\n");
    emit_return(m, "        ", "sk_rpc_refuse(&message, SK_ERR_MALFORMED)", out);
    text_adds(out, "    }\n");
}

static void emit_piece(const char *piece, struct text *out)
{
    text_adds(out, ",");
    emit_filled(out, piece, 8);
}

static void emit_handler_call(const struct rpc *rpc, const struct rpc_method *m,
                              struct text *out)
{
    struct arena *a = rpc->arena;
    text_addf(out, "    sk_err e = handlers->%s(server", m->name);
    for (const struct rpc_field *f = m->in.fields; f != NULL; f = f->next) {
        emit_piece(arena_printf(a, " %sin.%s", f->kind == RPC_STRUCT ? "&" : "", f->name), out);
        if (f->kind == RPC_BYTES) {
            emit_piece(arena_printf(a, " in.%s_size", f->name), out);
        } else if (f->kind == RPC_CAP) {
            emit_piece(" &server->gift", out);
        }
    }
    for (const struct rpc_field *f = m->out.fields; f != NULL; f = f->next) {
        emit_piece(arena_printf(a, " &out.%s", f->name), out);
        if (f->kind == RPC_BYTES) {
            emit_piece(arena_printf(a, " &out.%s_size", f->name), out);
        }
    }
    text_adds(out, ");\n");
}

static void emit_result(const struct rpc *rpc, const struct rpc_method *m, struct text *out)
{
    struct arena *a = rpc->arena;
    if (m->in.caps > 0) {
        text_adds(out, "    sk_rpc_gift_next(server);\n");
    }
    text_adds(out, "\n    sk_builder answer = sk_builder_open((seL4_Word)e);\n");
    if (m->out.fields != NULL) {
        text_adds(out, "    if (e == SK_OK) {\n");
        for (const struct rpc_field *f = m->out.fields; f != NULL; f = f->next) {
            const char *address = f->kind == RPC_STRUCT ? "&" : "";
            text_adds(out, "        ");
            rpc_emit_put(rpc, f, "&answer", arena_printf(a, "%sout.%s", address, f->name),
                         m->out.is_paged ? "page" : NULL, out);
        }
        text_adds(out, "    }\n");
    }
    text_adds(out,
              is_quick(m) ? "    return answer;\n}\n\n" : "    *ret_answer = answer;\n}\n\n");
}

/*
 * A quick method is inlined. Another is a function, so that its variables take room only while
 * it runs; the words of its message pass in registers, and are in no memory where others are
 * handled.
 */
static void emit_head(const struct rpc *rpc, const struct rpc_method *m, struct text *out)
{
    const char *n = rpc->name;
    if (is_quick(m)) {
        text_addf(
            out,
            "static SK_ALWAYS_INLINE sk_builder\n%s_handle_%s__(struct sk_rpc_server "
            "*server, const struct %s_handlers *handlers,\n        sk_reader message)\n{\n",
            n, m->name, n);
        return;
    }
    text_addf(out,
              "SK_RPC_APART static void\n%s_handle_%s__(struct sk_rpc_server *server, "
              "const struct %s_handlers *handlers,\n        sk_builder *ret_answer, "
              "seL4_Word info, seL4_Word w0, seL4_Word w1, seL4_Word w2, seL4_Word w3)\n{\n"
              "    sk_reader message = sk_rpc_message(server, info, w0, w1, w2, w3);\n",
              n, m->name, n);
}

static void emit_handle_method(const struct rpc *rpc, const struct rpc_method *m,
                               struct text *out)
{
    struct arena *a = rpc->arena;
    const char *label =
        arena_printf(a, "%s_METHOD_%s", rpc_upper(a, rpc->name), rpc_upper(a, m->name));
    emit_comment(out, 0, NULL, m->at);
    emit_head(rpc, m, out);
    emit_members(m->in.fields, "in", out);
    emit_members(m->out.fields, "out", out);
    bool has_variables = m->in.fields != NULL || m->out.fields != NULL || !is_quick(m);
    text_adds(out, has_variables ? "\n" : "");
    text_addf(out, "    if (handlers->%s == NULL) {\n", m->name);
    emit_return(m, "        ", "sk_rpc_refuse(&message, SK_ERR_NO_METHOD)", out);
    text_adds(out, "    }\n");
    if (m->in.is_paged || m->out.is_paged) {
        text_adds(out, "    uint8_t *page = sk_rpc_page(server, message.badge);\n"
                       "    if (page == NULL) {\n");
        emit_return(m, "        ", "sk_rpc_refuse(&message, SK_ERR_ILLEGAL_OPERATION)", out);
        text_adds(out, "    }\n");
    }
    if (m->in.caps > 0) {
        text_adds(out,
                  "    if (sk_own_is_empty(&server->gift)) {\n"
                  "        sk_builder refusal = sk_rpc_refuse(&message, SK_ERR_NO_SLOT);\n\n"
                  "        sk_rpc_gift_next(server);\n");
        emit_return(m, "        ", "refusal", out);
        text_adds(out, "    }\n");
    }
    emit_checks(rpc, m, label, out);
    for (const struct rpc_field *f = m->in.fields; f != NULL; f = f->next) {
        if (f->kind == RPC_CAP) {
            text_addf(out, "    in.%s.cptr = sk_owned_slot_cptr(&server->gift);\n", f->name);
        }
    }
    text_adds(out, "    sk_reader_drop(&message);\n");
    emit_handler_call(rpc, m, out);
    emit_result(rpc, m, out);
}

static void emit_case(const struct rpc *rpc, const struct rpc_method *m, struct text *out)
{
    text_addf(out, "    case %s_METHOD_%s:\n", rpc_upper(rpc->arena, rpc->name),
              rpc_upper(rpc->arena, m->name));
    if (is_quick(m)) {
        text_addf(out, "        return %s_handle_%s__(server, handlers, taken);\n", rpc->name,
                  m->name);
        return;
    }
    text_addf(out,
              "        %s_handle_%s__(server, handlers, &apart, taken.info.words[0], "
              "taken.word[0],\n            taken.word[1], taken.word[2], taken.word[3]);\n"
              "        return sk_rpc_answer(&apart);\n",
              rpc->name, m->name);
}

static void emit_handle(const struct rpc *rpc, struct text *out)
{
    const char *n = rpc->name;
    text_adds(
        out,
        "/* The answer to a message, by one of the handlers. The message is consumed. */\n");
    text_addf(
        out,
        "SK_MUST_USE static SK_ALWAYS_INLINE sk_builder\n"
        "%s_handle(struct sk_rpc_server *server, const struct %s_handlers *handlers,\n"
        "        sk_reader *message)\n{\n"
        "    sk_reader taken = SK_MOVE(*message);\n    SK_UNINITIALIZED sk_builder apart;\n\n"
        "    server->badge = taken.badge;\n"
        "    taken.next = 0; /* so that the compiler knows it */\n"
        "    switch (sk_reader_label(&taken)) {\n"
        "    case SK_RPC_CONNECT:\n"
        "        sk_rpc_accept(server, &apart, taken.info.words[0], taken.word[0],\n"
        "            taken.word[1], taken.word[2], &%s_identity__);\n"
        "        return sk_rpc_answer(&apart);\n",
        n, n, n);
    for (const struct rpc_method *m = rpc->methods; m != NULL; m = m->next) {
        emit_case(rpc, m, out);
    }
    text_adds(out, "    default:\n        return sk_rpc_refuse(&taken, SK_ERR_NO_METHOD);\n"
                   "    }\n}\n\n");
    text_addf(out,
              "/* Receive and answer, forever. */\n"
              "SK_NORETURN static inline void\n%s_serve(struct sk_rpc_server *server, "
              "const struct %s_handlers *handlers)\n{\n"
              "    sk_reader message = sk_rpc_receive(server);\n\n    for (;;) {\n"
              "        sk_builder answer = %s_handle(server, handlers, &message);\n\n"
              "        message = sk_rpc_answer_receive(server, &answer);\n    }\n}\n\n",
              n, n, n);
}

static void emit_later(const struct rpc *rpc, const struct rpc_method *m, struct text *out)
{
    const char *answer = "answer__";
    text_addf(out,
              "/* Answer a call of %s() that was kept: e is an error, or SK_OK and the\n"
              " * values count. The right is used up. */\n",
              m->name);
    text_addf(out, "static inline void\n%s_%s_answer(", rpc->name, m->name);
    rpc_emit_params(rpc, m, RPC_ANSWER, "sk_rpc_later *later, sk_err e", out);
    text_adds(out, "\n{\n");
    if (m->out.is_paged) {
        text_adds(out, "    uint8_t *page__ = sk_rpc_page(later->server, later->badge);\n\n"
                       "    if (e == SK_OK && page__ == NULL) {\n"
                       "        e = SK_ERR_ILLEGAL_OPERATION;\n    }\n");
    }
    text_addf(out, "    sk_builder %s = sk_builder_open((seL4_Word)e);\n\n", answer);
    if (m->out.fields != NULL) {
        text_adds(out, "    if (e == SK_OK) {\n");
        for (const struct rpc_field *f = m->out.fields; f != NULL; f = f->next) {
            text_adds(out, "        ");
            rpc_emit_put(rpc, f, "&answer__", f->name, m->out.is_paged ? "page__" : NULL, out);
        }
        text_adds(out, "    }\n");
    }
    text_addf(out, "    sk_rpc_later_answer(later, &%s);\n}\n\n", answer);
}

static void emit_handlers(const struct rpc *rpc, struct text *out)
{
    text_addf(out,
              "/*\n * What a server does, a function for each method; one that is null is not "
              "there.\n * They return SK_OK, an error of the protocol, or any other. A "
              "capability that comes is\n * deleted when the handler returns, unless it takes "
              "the slot with SK_MOVE().\n */\nstruct %s_handlers {\n",
              rpc->name);
    for (const struct rpc_method *m = rpc->methods; m != NULL; m = m->next) {
        emit_comment(out, 4, m->brief, m->at);
        text_addf(out, "    sk_err (*%s)(", m->name);
        rpc_emit_params(rpc, m, RPC_HANDLER, "struct sk_rpc_server *server", out);
        text_adds(out, ";\n");
    }
    text_adds(out, "};\n\n");
}

void rpc_emit_server(const struct rpc *rpc, struct text *out)
{
    const char *upper = rpc_upper(rpc->arena, rpc->name);
    rpc_emit_top(rpc, "The skeleton of a server", out);
    text_addf(out, "#include \"%s.h\"\n\n", rpc->name);
    emit_handlers(rpc, out);
    text_addf(out,
              "static const struct sk_rpc_identity %s_identity__ = {%s_ID, %s_VERSION, "
              "%s_METHODS};\n\n",
              rpc->name, upper, upper, upper);
    for (const struct rpc_method *m = rpc->methods; m != NULL; m = m->next) {
        emit_handle_method(rpc, m, out);
    }
    emit_handle(rpc, out);
    for (const struct rpc_method *m = rpc->methods; m != NULL; m = m->next) {
        emit_later(rpc, m, out);
    }
}
