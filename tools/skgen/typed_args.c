/*
 * From the parameters of a raw call to the arguments of the typed one.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "typed.h"

#include <string.h>

/* What is worked out for one form of a method. */
struct forming {
    const struct gen *g;
    const struct typed *typed;
    const struct xml_node *rule;
    struct typed_call *call;
    const struct api_method *form;
    bool is_at_hand; /* its parameters are passed on; those of the others must be zero */
};

const struct api_param *typed_input(const struct api_method *m, const char *name)
{
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        if (!p->is_out && str_equal(p->name, name)) {
            return p;
        }
    }
    return NULL;
}

/* The place of a parameter, or of the capability invoked (NULL), in a bundle; -1 if nowhere. */
static int place_in(const struct forming *f, const struct xml_node *bundle,
                    const struct api_param *p)
{
    struct arena *a = f->g->arena;
    const char *params = xml_need(a, bundle, "params");
    int place = -1;
    const char *name = NULL;
    for (size_t i = 0; (name = typed_word(a, params, i)) != NULL; i++) {
        const struct api_param *own = typed_input(f->form, name);
        bool may_be_invoked = i == 0 && str_equal(f->form->interface->name, "seL4_CNode");
        if (own == NULL && !may_be_invoked) {
            return -1;
        }
        if (own == p) {
            place = (int)i;
        }
    }
    return place;
}

static const struct xml_node *bundle_of(const struct forming *f, const struct api_param *p,
                                        const char **ret_field)
{
    for (const struct xml_node *e = xml_first(f->g->idl->typed); e != NULL; e = xml_next(e)) {
        int place = str_equal(e->name, "bundle") ? place_in(f, e, p) : -1;
        if (place >= 0) {
            const char *fields = xml_need(f->g->arena, e, "fields");
            *ret_field = typed_word(f->g->arena, fields, (size_t)place);
            if (*ret_field == NULL) {
                refuse(e->at, "name one field for each parameter", "too few fields");
            }
            return e;
        }
    }
    return NULL;
}

/* An argument of that name, made if it is not there yet. */
static struct typed_arg *take_arg(const struct forming *f, const char *name,
                                  const struct api_param *p)
{
    struct typed_arg **tail = &f->call->args;
    while (*tail != NULL && !str_equal((*tail)->name, name)) {
        tail = &(*tail)->next;
    }
    if (*tail == NULL) {
        *tail = arena_take(f->g->arena, sizeof(**tail));
        (*tail)->name = name;
        (*tail)->form = f->form;
        (*tail)->param = p;
        (*tail)->is_member = f->call->args_type != NULL;
    }
    bool is_next_of_bundle = (*tail)->last_form == f->form;
    (*tail)->form_count += is_next_of_bundle ? 0 : 1;
    (*tail)->last_form = f->form;
    (*tail)->is_needed = (*tail)->is_needed || f->is_at_hand;
    return *tail;
}

static void add_piece(const struct forming *f, const struct api_param *p, struct typed_arg *arg,
                      const char *field)
{
    if (!f->is_at_hand) {
        return;
    }
    struct typed_piece **tail = &f->call->pieces;
    while (*tail != NULL) {
        tail = &(*tail)->next;
    }
    *tail = arena_take(f->g->arena, sizeof(**tail));
    **tail = (struct typed_piece){.param = p, .arg = arg, .field = field};
}

/* The <param> of the rule that is about this parameter. */
static const struct xml_node *rule_of(const struct forming *f, const struct api_param *p)
{
    const struct xml_node *own = typed_rule(f->rule, "param", p->name);
    const char *type = own == NULL ? NULL : xml_attr(own, "type");
    return type == NULL || str_equal(type, p->type) ? own : NULL;
}

static const char *kind_of(const struct forming *f, const struct api_param *p)
{
    const struct xml_node *own = rule_of(f, p);
    if (own != NULL && xml_attr(own, "kind") != NULL) {
        return xml_attr(own, "kind");
    }
    if (!idl_type(f->g->idl, p->type, p->node->at).is_cap) {
        return NULL;
    }
    const struct xml_node *any = typed_rule(f->g->idl->typed, "param", p->name);
    if (any != NULL) {
        return xml_need(f->g->arena, any, "kind");
    }
    const struct typed_kind *kind = typed_kind_of(f->typed, p->type);
    return kind == NULL ? NULL : kind->name;
}

static void place_input(const struct forming *f, const struct api_param *p)
{
    const char *field = NULL;
    const struct xml_node *bundle = bundle_of(f, p, &field);
    if (bundle != NULL) {
        struct typed_arg *arg = take_arg(f, xml_need(f->g->arena, bundle, "name"), p);
        arg->bundle = bundle;
        arg->type = xml_need(f->g->arena, bundle, "type");
        add_piece(f, p, arg, field);
        return;
    }
    const struct xml_node *own = rule_of(f, p);
    const char *as = own == NULL ? NULL : xml_attr(own, "as");
    struct typed_arg *arg = take_arg(f, as == NULL ? snake_case(f->g->arena, p->name) : as, p);
    arg->rule = own;
    arg->kind = kind_of(f, p);
    arg->type = arg->kind == NULL ? p->type : arena_printf(f->g->arena, "sk_%s", arg->kind);
    arg->is_pointer =
        arg->kind == NULL && idl_type(f->g->idl, p->type, p->node->at).kind == TYPE_STRUCT;
    add_piece(f, p, arg, NULL);
}

static void place_output(const struct forming *f, const struct api_param *p)
{
    const char *name = arena_printf(f->g->arena, "ret_%s", snake_case(f->g->arena, p->name));
    struct typed_arg *arg = take_arg(f, name, p);
    arg->type = p->type;
    arg->is_out = true;
    arg->is_member = false;
    arg->is_pointer = idl_type(f->g->idl, p->type, p->node->at).kind == TYPE_STRUCT;
    add_piece(f, p, arg, NULL);
}

/* The capability invoked: an argument of its own, or part of a bundle such as a slot. */
static void place_invoked(const struct forming *f)
{
    const char *field = NULL;
    const struct xml_node *bundle = NULL;
    if (str_equal(f->form->interface->name, "seL4_CNode")) {
        bundle = bundle_of(f, NULL, &field);
    }
    const char *name =
        bundle == NULL ? f->call->kind->name : xml_need(f->g->arena, bundle, "name");
    struct typed_arg *arg = take_arg(f, name, NULL);
    arg->is_member = false;
    arg->bundle = bundle;
    arg->kind = bundle == NULL ? f->call->kind->name : NULL;
    arg->type = bundle == NULL ? arena_printf(f->g->arena, "sk_%s", name)
                               : xml_need(f->g->arena, bundle, "type");
    add_piece(f, NULL, arg, field);
}

static void place_form(const struct forming *f)
{
    place_invoked(f);
    for (const struct api_param *p = f->form->params; p != NULL; p = p->next) {
        if (!p->is_out) {
            place_input(f, p);
        }
    }
    for (const struct api_param *p = f->form->params; p != NULL; p = p->next) {
        if (p->is_out) {
            place_output(f, p);
        }
    }
}

void typed_arguments(const struct gen *g, const struct typed *typed,
                     const struct xml_node *rule, struct typed_call *call)
{
    const struct api_method *m = call->method;
    for (const struct api_method *o = m->interface->methods; o != NULL; o = o->next) {
        call->form_count += typed_is_form(o, m) ? 1 : 0;
    }
    bool has_names = call->form_count > 1 || (rule != NULL && xml_flag(rule, "args"));
    call->args_type = has_names ? "args" : NULL;
    for (const struct api_method *o = m->interface->methods; o != NULL; o = o->next) {
        if (typed_is_form(o, m)) {
            struct forming f = {.g = g,
                                .typed = typed,
                                .rule = rule,
                                .call = call,
                                .form = o,
                                .is_at_hand = o == m};
            place_form(&f);
        }
    }
}

/* The expression that hands a piece to the raw call. */
static const char *expression(const struct gen *g, const struct typed_piece *piece)
{
    const struct typed_arg *arg = piece->arg;
    const char *name = arena_printf(g->arena, "%s%s", arg->is_member ? "args." : "", arg->name);
    if (piece->field != NULL) {
        bool is_root = str_equal(piece->field, "root");
        return arena_printf(g->arena, "%s.%s%s", name, piece->field, is_root ? ".cptr" : "");
    }
    if (arg->kind != NULL) {
        return arena_printf(g->arena, "%s.cptr", name);
    }
    /* The raw call takes a plain pointer, but only reads what is an input. */
    return arg->is_pointer && !arg->is_out
               ? arena_printf(g->arena, "(%s *)%s", piece->param->type, name)
               : name;
}

void typed_raw_call(const struct gen *g, const struct typed_call *call, size_t indent,
                    struct text *out)
{
    const struct api_method *m = call->method;
    text_addf(out, "%s_%s(%s", m->interface->name, m->name, expression(g, call->pieces));
    for (const struct api_param *p = m->params; p != NULL; p = p->next) {
        const struct typed_piece *piece = call->pieces;
        while (piece != NULL && piece->param != p) {
            piece = piece->next;
        }
        if (piece != NULL && (!piece->arg->is_out || piece->arg->is_pointer)) {
            text_adds(out, ",");
            emit_filled(out, arena_printf(g->arena, " %s", expression(g, piece)), indent);
        }
    }
    text_adds(out, ")");
}
