/*
 * Labels, system-call numbers, structures of the API, configuration macros.
 *
 * SPDX-License-Identifier: BSD-2-Clause
 */
#include "emit.h"

#include <string.h>

enum api_part_id emit_part(const struct gen *g, const struct xml_node *item)
{
    static const char *const parts[] = {"generic", "sel4_arch", "arch"};
    const char *part = xml_need(g->arena, item, "part");
    for (int i = 0; i < API_PART_COUNT; i++) {
        if (str_equal(part, parts[i])) {
            return (enum api_part_id)i;
        }
    }
    refuse(item->at,
           suggest(g->arena, part, parts, API_PART_COUNT, "generic, sel4_arch or arch"),
           "unknown part '%s'", part);
}

/*
 * enum TAG: the labels of one part. The generic part begins with InvalidInvocation; the
 * others go on from where the part before ended, and each ends with its count.
 */
void emit_labels(const struct gen *g, const struct xml_node *item, struct text *out)
{
    enum api_part_id part = emit_part(g, item);
    emit_comment(out, 0, xml_attr(item, "brief"), item->at);
    text_addf(out, "enum %s {\n", xml_need(g->arena, item, "tag"));
    if (part == API_GENERIC) {
        text_adds(out, "    InvalidInvocation = 0,\n");
    }
    for (struct api_interface *i = g->idl->api.parts[part].interfaces; i != NULL; i = i->next) {
        for (struct api_method *m = i->methods; m != NULL; m = m->next) {
            if (m->is_wanted) {
                text_adds(out, "    /* ");
                emit_place(out, m->node->at);
                text_addf(out, " */\n    %s = %d,\n", m->id, m->label);
            }
        }
    }
    text_addf(out, "    %s = %d,\n};\n\n", xml_need(g->arena, item, "end"),
              api_end_label(&g->idl->api, part));
}

void emit_syscall_numbers(const struct gen *g, const struct xml_node *item, struct text *out)
{
    emit_comment(out, 0, "The number of each system call of this kernel.", item->at);
    text_adds(out, "typedef enum {\n");
    for (const struct api_call *call = g->idl->api.calls; call != NULL; call = call->next) {
        text_addf(out, "    seL4_Sys%s = %d, /* ", call->name, call->number);
        emit_place(out, call->node->at);
        text_adds(out, " */\n");
    }
    text_adds(out, "    SEL4_FORCE_LONG_ENUM(seL4_Syscall_ID),\n} seL4_Syscall_ID;\n\n");
}

void emit_api_structs(const struct gen *g, const struct xml_node *item, struct text *out)
{
    const struct api_part *part = &g->idl->api.parts[emit_part(g, item)];
    for (const struct api_struct *s = part->structs; s != NULL; s = s->next) {
        emit_comment(out, 0, api_description(g->arena, s->node, false), s->node->at);
        text_addf(out, "typedef struct %s_ {\n", s->name);
        for (size_t i = 0; i < s->member_count; i++) {
            text_addf(out, "    seL4_Word %s;\n", s->members[i]);
        }
        text_addf(out, "} %s;\n\n", s->name);
    }
}

/* <config symbols="kernel|libsel4"/>: CONFIG_X is 1 when on, undefined when off. */
/* Two spaces, as seL4's own build writes them: Microkit's makefiles look for them. */
void emit_config_macros(const struct gen *g, const struct xml_node *item, struct text *out)
{
    const char *which = xml_need(g->arena, item, "symbols");
    bool is_kernel = str_equal(which, "kernel");
    if (!is_kernel && !str_equal(which, "libsel4")) {
        refuse(item->at, "write symbols=\"kernel\" or symbols=\"libsel4\"",
               "unknown symbols '%s'", which);
    }
    const struct symbols *symbols = is_kernel ? &g->config->kernel : &g->config->libsel4;
    for (size_t i = 0; i < symbols->count; i++) {
        const struct symbol *s = &symbols->list[i];
        if (s->is_switch && s->is_on) {
            text_addf(out, "#define CONFIG_%s  1\n", s->name);
        } else if (s->is_switch) {
            text_addf(out, "/* off: CONFIG_%s */\n", s->name);
        } else {
            text_addf(out, "#define CONFIG_%s%s%s\n", s->name, *s->value == '\0' ? "" : "  ",
                      s->value);
        }
    }
    text_adds(out, "\n");
}
