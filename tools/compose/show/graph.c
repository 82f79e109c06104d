/* SPDX-License-Identifier: BSD-2-Clause */
#include "show.h"

#include <inttypes.h>

/* Text inside a quoted label. */
static void write_text(const char *text, FILE *out)
{
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            fputc('\\', out);
        }
        fputc(*text, out);
    }
}

static void write_size(uint64_t size, FILE *out)
{
    static const char *const unit[] = {"B", "KiB", "MiB", "GiB"};
    unsigned i = 0;

    while (i < 3 && size >= 1024 && size % 1024 == 0) {
        size /= 1024;
        i++;
    }
    fprintf(out, "%" PRIu64 " %s", size, unit[i]);
}

static void indent(unsigned depth, FILE *out)
{
    fprintf(out, "%*s", 4 * (int)(depth + 1), "");
}

static void write_domain(const struct sk_system_domain *d, unsigned depth, FILE *out)
{
    if (d->child_count > 0) {
        indent(depth, out);
        fprintf(out, "subgraph cluster_%u {\n", d->index);
        indent(depth + 1, out);
        fprintf(out, "style=\"rounded,dashed\"; label=\"children of ");
        write_text(d->name.value, out);
        fprintf(out, "\";\n");
        depth++;
    }
    indent(depth, out);
    fprintf(out, "d%u [shape=box, style=\"rounded,filled\", fillcolor=\"%s\", label=\"",
            d->index, d->passive.value ? "#eeeeee" : "#cfe4ff");
    write_text(d->name.value, out);
    fprintf(out, "\\npriority %" PRIu64 "%s", d->priority.value,
            d->passive.value ? ", passive" : "");
    for (size_t i = 0; i < d->irq_count; i++) {
        fprintf(out, "\\nIRQ %" PRIu64, d->irqs[i].irq.value);
    }
    fprintf(out, "\"];\n");
    for (size_t i = 0; i < d->child_count; i++) {
        write_domain(d->children[i], depth, out);
    }
    if (d->child_count > 0) {
        indent(depth - 1, out);
        fprintf(out, "}\n");
    }
}

/* One arrow for what an end may do; two that only notify each other share one. */
static void write_channel(const struct sk_system_channel *c, FILE *out)
{
    const struct sk_system_end *a = &c->end[0];
    const struct sk_system_end *b = &c->end[1];
    bool is_mutual = a->notify.value && b->notify.value;

    for (unsigned i = 0; i < 2; i++) {
        const struct sk_system_end *from = &c->end[i];
        const struct sk_system_end *to = &c->end[1 - i];
        if (from->pp.value) {
            fprintf(out,
                    "    d%u -> d%u [style=bold, taillabel=\"%" PRIu64
                    "\", headlabel=\"%" PRIu64 "\", label=\"call\"];\n",
                    from->domain->index, to->domain->index, from->id.value, to->id.value);
        }
        if (from->notify.value && !(is_mutual && i == 1)) {
            fprintf(out,
                    "    d%u -> d%u [taillabel=\"%" PRIu64 "\", headlabel=\"%" PRIu64
                    "\"%s];\n",
                    from->domain->index, to->domain->index, from->id.value, to->id.value,
                    is_mutual ? ", dir=both" : "");
        }
    }
}

static void write_region(const struct sk_system_region *r, FILE *out)
{
    fprintf(out, "    r%u [shape=cylinder, style=filled, fillcolor=\"#fff2cc\", label=\"",
            r->index);
    write_text(r->name.value, out);
    fprintf(out, "\\n");
    if (r->size.is_given) {
        write_size(r->size.value, out);
    } else {
        fprintf(out, "as large as its file");
    }
    if (r->phys_addr.is_given) {
        fprintf(out, "\\nat 0x%" PRIx64, r->phys_addr.value);
    }
    fprintf(out, "\"];\n");
}

static void write_map(const struct sk_system_domain *d, const struct sk_system_map *m,
                      FILE *out)
{
    fprintf(out, "    d%u -> r%u [style=dashed, arrowhead=none, label=\"%s%s%s\"];\n", d->index,
            m->region->index, m->perms & SK_SYSTEM_READ ? "r" : "",
            m->perms & SK_SYSTEM_WRITE ? "w" : "", m->perms & SK_SYSTEM_EXECUTE ? "x" : "");
}

bool sk_show_graph(const struct sk_system *system, FILE *out)
{
    fprintf(out, "digraph system {\n"
                 "    graph [fontname=\"sans-serif\", fontsize=10, rankdir=LR];\n"
                 "    node [fontname=\"sans-serif\", fontsize=11];\n"
                 "    edge [fontname=\"sans-serif\", fontsize=9];\n");
    for (size_t i = 0; i < system->domain_count; i++) {
        if (system->domains[i].parent == NULL) {
            write_domain(&system->domains[i], 0, out);
        }
    }
    for (size_t i = 0; i < system->region_count; i++) {
        write_region(&system->regions[i], out);
    }
    for (size_t i = 0; i < system->channel_count; i++) {
        write_channel(&system->channels[i], out);
    }
    for (size_t i = 0; i < system->domain_count; i++) {
        for (size_t k = 0; k < system->domains[i].map_count; k++) {
            write_map(&system->domains[i], &system->domains[i].maps[k], out);
        }
    }
    fprintf(out, "}\n");
    return fflush(out) == 0 && ferror(out) == 0;
}
